"""What a page says: a reference, a level, a code; never anything of the person.

Belongs here: filling in the words of content/languages/en/pager.ftl. Does not belong here: who
is told (bot/desk/paging.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.book import Book
from bot.dialogue.turn import Say, TextArgs
from bot.dialogue.words import render
from bot.messages import ChannelName, Choice
from bot.rules.ladder import Rung
from bot.rules.page_answers import PASS_BUTTON, TAKE_BUTTON
from bot.store.notices import Waiting
from bot.store.outgoing import Part
from bot.store.pages import Stored
from nlu.reading import Language, RiskLevel

PAGE_TEXT = "page-staff"
_LISTED = 8
"""How many references one text names; the others are counted and stay on the desk."""
_RANK = {RiskLevel.IMMEDIATE: 0, RiskLevel.HIGH: 1, RiskLevel.CONCERN: 2, RiskLevel.NONE: 3}


@dataclass(frozen=True, slots=True)
class PageWords:
    book: Book
    base_url: str
    """For links; empty where the service has no public address."""
    safeguarding_number: str

    def say(self, text_id: str, args: TextArgs | None = None) -> str:
        """Staff read English; nothing is tapped."""
        text, _ = render(Say(text_id, args or {}), self.book, Language.EN, ChannelName.SMS)
        return text

    def part(self, text_id: str, args: TextArgs | None = None) -> Part:
        return Part(text_id, self.say(text_id, args))

    def page(self, stored: Stored, channel: ChannelName, why: tuple[Rung, bool], link: str) -> Part:
        """One page for one phone. `why`: the rung, and whether it follows one that was taken."""
        rung, follows = why
        text_id = "page-follows" if follows else PAGE_TEXT
        args: TextArgs = {
            "reference": stored.reference,
            "level": stored.page.level.value,
            "code": stored.code,
        }
        pieces = [self.say("page-test")] if stored.is_test else []
        pieces.append(self.say(text_id, args))
        if rung is Rung.EVERYBODY:
            pieces.append(self._nobody_yet())
        if self.base_url:
            pieces.append(f"{self.base_url}/page/{link}")
        choices: tuple[Choice, ...] = ()
        if channel is ChannelName.TELEGRAM:
            choices = (
                Choice(f"{TAKE_BUTTON}{stored.code}", self.say("page-take")),
                Choice(f"{PASS_BUTTON}{stored.code}", self.say("page-pass")),
            )
        return Part(text_id, " ".join(pieces), choices)

    def call(self, stored: Stored) -> str:
        """What is said aloud: the reference letter by letter."""
        spelled = ", ".join(stored.reference)
        args: TextArgs = {"reference": spelled, "level": stored.page.level.value}
        said = self.say("page-call", args)
        return f"{self.say('page-test')} {said}" if stored.is_test else said

    def _nobody_yet(self) -> str:
        if not self.safeguarding_number:
            return self.say("page-nobody-yet")
        return self.say("page-nobody-yet-number", {"number": self.safeguarding_number})

    def bundle(self, waiting: Sequence[Waiting]) -> Part:
        """Many pages in one text."""
        ordered = sorted(waiting, key=lambda one: _RANK[one.level])
        items = [
            self.say(
                "page-bundle-item",
                {"reference": one.reference, "level": one.level.value, "code": one.code},
            )
            for one in ordered[:_LISTED]
        ]
        args: TextArgs = {
            "count": str(len(ordered)),
            "items": "; ".join(items),
            "more": str(len(ordered) - len(items)),
        }
        return self.part("page-bundle", args)
