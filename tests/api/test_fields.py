"""Which role sees which field, everywhere a referral is shown; and what an editor reads."""

import json
import re
from uuid import UUID

import pytest

from bot.desk import onward
from bot.desk.access import Look
from bot.rules.fields import RULES, is_hidden, seen_by
from bot.rules.rights import Role
from bot.store import referrals, views
from bot.store.people import StaffMember
from bot.store.views import ReferralFilter
from tests.api.staff import at_desk, join
from tests.api.test_desk import files_referral
from tests.api.test_desk_rights import desk_paths
from tests.api.test_referrals import CONSENTS, first
from tests.harness import World

pytestmark = pytest.mark.edge

SECRETS = {
    "code_word": "zebra-secret",
    "referrer_name": "Quill-secret",
    "relation": "cousin-secret",
    "phone_seen": "others-secret",
}
SEES = {
    Role.WORKER: set(SECRETS),
    Role.SUPERVISOR: set(SECRETS),
    Role.READER: {"referrer_name", "relation", "phone_seen"},
    Role.PROGRAMME: set(),
    Role.EDITOR: set(),
    Role.AUDITOR: set(),
}
"""Of a friend's referral. Written down a second time, on purpose."""


async def told_by_a_friend(world: World) -> UUID:
    """A referral with every field that is kept from somebody, sent to a programme."""
    await files_referral(world)
    async with at_desk(world.service, "Wren") as wren:
        path = await first(wren)
        assert (await wren.post(f"{path}/send", CONSENTS)).status_code == 303
    ((referral_id,),) = await world.query("SELECT id FROM referrals")
    await world.query("UPDATE referrals SET kind = 'friend' RETURNING id")
    async with world.service.store.begin() as session:
        fields = {"name": "Kai", "age": 15, **SECRETS}
        wanted, now = UUID(str(referral_id)), world.clock.now()
        await referrals.put_fields(session, wanted, fields, now)
    return wanted


async def reads_everywhere(world: World, role: Role, referral_id: UUID) -> str:
    """All that the console or the API shows to this role."""
    if role is Role.READER:
        program = (await join(world.service, "Ellis", role)).program
        paths = ("referrals", f"referrals/{referral_id}", "tickets", "samples")
        return "".join([(await program.get(f"/api/v1/{path}")).text for path in paths])
    nothing = "00000000-0000-0000-0000-000000000000"
    shown = []
    async with at_desk(world.service, "Ellis", role) as ellis:
        for method, path in desk_paths():
            if method == "GET" and path != "/desk/events" and not path.endswith(".pdf"):
                shown.append((await ellis.get(path.replace(nothing, str(referral_id)))).text)
        tickets = await world.query("SELECT id FROM tickets")
        for (ticket_id,) in tickets:
            shown.append((await ellis.get(f"/desk/tickets/{ticket_id}")).text)
    return "".join(shown)


async def test_every_field_as_every_role(world: World) -> None:
    """On no page, in no list and in no answer of the API does a field show that is kept back."""
    referral_id = await told_by_a_friend(world)
    for role in Role:
        shown = await reads_everywhere(world, role, referral_id)
        seen = {name for name, value in SECRETS.items() if value in shown}
        assert seen == SEES[role], role
        assert ("Kai" in shown) == (role not in (Role.EDITOR, Role.AUDITOR)), role


async def test_what_goes_to_a_programmes_own_system_is_what_its_people_see(world: World) -> None:
    """The copy that is handed out holds no field that their desk would keep back."""
    referral_id = await told_by_a_friend(world)
    member = StaffMember(UUID(int=7), "Nour", Role.PROGRAMME, "cirv")
    async with world.service.store.begin() as session:
        wanted = ReferralFilter(referral_id=referral_id)
        (view,) = await views.referrals(session, wanted, None, 1)
    copy = json.dumps(onward.download(view, Look(member, world.clock.now())), default=str)
    assert "Kai" in copy
    assert not [value for value in SECRETS.values() if value in copy]


def test_the_rules_of_fields() -> None:
    """A code word is for those who talk; a friend stays unnamed to a programme, a school does
    not; a field that no rule names is seen."""
    assert all(is_hidden("code_word", "self", role) for role in Role if not SEES[role])
    assert not is_hidden("code_word", "self", Role.WORKER)
    assert is_hidden("referrer_name", "friend", Role.PROGRAMME)
    assert not is_hidden("referrer_name", "school", Role.PROGRAMME)
    assert seen_by({"shoe": "9", "code_word": "x"}, "self", Role.PROGRAMME) == {"shoe": "9"}
    assert len({(rule.field, rule.kinds) for rule in RULES}) == len(RULES)


async def test_the_tables_that_are_in_force_can_be_read(world: World) -> None:
    """A supervisor sees each right of each role, and each field that is kept back."""
    async with at_desk(world.service, "Sol", Role.SUPERVISOR) as sol:
        page = await sol.opens("/desk/staff/rights")
        assert "code word" in page
        assert "told by a friend" in page
        row = re.findall(r"<strong>see people's words and referrals</strong>: ([^<]*)<", page)
        assert row == ["program that reads, worker, supervisor"]


async def test_an_editor_reads_the_content_and_nobody(world: World) -> None:
    """Lands on it; every conversation in a language and on a channel; what the deployment has not
    told; what the check finds."""
    async with at_desk(world.service, "Ellis", Role.EDITOR) as ellis:
        assert (await ellis.get("/desk")).headers["location"] == "/desk/content"
        page = await ellis.opens("/desk/content")
        assert "The check finds nothing to mend" in page
        assert "not set: the bot says that a person will tell" in page
        assert page.count('class="said"') > 100
        polish = await ellis.opens("/desk/content?language=pl&channel=sms")
        assert 'class="said" lang="pl"' in polish
        assert "has read all of its texts yet" in polish
        odd = await ellis.opens("/desk/content?language=xx&channel=%3Cscript%3E")
        assert 'class="said" lang="en"' in odd
        assert "<script>" not in odd.replace('<script src="', "")
