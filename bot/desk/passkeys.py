"""Passkeys: keys in phones and computers that stand for the second factor.

Belongs here: what a browser's authenticator is asked, and whether its answer is good. Does not
belong here: rows (bot/store/passkeys.py), what follows from a good answer (bot/desk/signin.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bot.errors import Refuse
from bot.store import audit, passkeys
from bot.store.passkeys import Key, NewKey
from bot.store.session import Session
from bot.store.staff_sessions import Visit

MOST = 10
LONGEST_NAME = 40
_SERVICE = "Handrail"


class NotThisKey(Refuse):
    """The answer is none to the question that this browser was asked."""


@dataclass(frozen=True, slots=True)
class Site:
    """The address that keys are bound to: a key made elsewhere is of no use here."""

    origin: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""


async def ask_for_new(session: Session, site: Site, visit: Visit) -> str:
    """What `navigator.credentials.create` is given, as JSON; keeps the challenge."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=_SERVICE,
        user_name=visit.member.name,
        user_id=visit.member.id.bytes,
        exclude_credentials=_named(await passkeys.of(session, visit.member.id)),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    await passkeys.set_challenge(session, visit.id, options.challenge)
    return options_to_json(options)


async def add(
    session: Session, site: Site, visit: Visit, answer: tuple[str, str], now: datetime
) -> UUID:
    """`answer`: what the browser said, and what its owner calls the key. Raises `NotThisKey`."""
    said, name = answer
    challenge = await passkeys.spend_challenge(session, visit.id)
    if challenge is None or len(await passkeys.of(session, visit.member.id)) >= MOST:
        raise NotThisKey("challenge")
    try:
        made = verify_registration_response(
            credential=said,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError) as error:
        raise NotThisKey("registration") from error
    key = NewKey(
        visit.member.id,
        made.credential_id,
        made.credential_public_key,
        made.sign_count,
        name[:LONGEST_NAME],
    )
    key_id = await passkeys.add(session, key, now)
    if key_id is None:
        raise NotThisKey("known")
    audit.note(session, visit.member.id, "add_passkey", [key_id], now)
    return key_id


async def ask_for_known(session: Session, site: Site, visit: Visit) -> str | None:
    """What `navigator.credentials.get` is given, as JSON; None where somebody has no key."""
    keys = await passkeys.of(session, visit.member.id)
    if not keys:
        return None
    options = generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_named(keys),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    await passkeys.set_challenge(session, visit.id, options.challenge)
    return options_to_json(options)


async def is_theirs(session: Session, site: Site, visit: Visit, said: str, now: datetime) -> bool:
    """Whether one of this person's keys signed this session's challenge, which is spent."""
    challenge = await passkeys.spend_challenge(session, visit.id)
    if challenge is None:
        return False
    for key in await passkeys.of(session, visit.member.id):
        try:
            good = verify_authentication_response(
                credential=said,
                expected_challenge=challenge,
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=key.public_key,
                credential_current_sign_count=key.sign_count,
            )
        except (WebAuthnException, ValueError):
            continue
        if good.credential_id == key.credential_id:
            await passkeys.note_use(session, key.id, good.new_sign_count, now)
            return True
    return False


def _named(keys: Sequence[Key]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=key.credential_id) for key in keys]
