"""What a call is told in TwiML: each stage of a call as one document.

Belongs here: the spelling of verbs, and the voice of each language. Does not belong here: which
stage comes next (bot/rules/voice.py), words (content/languages/*/voice.ftl), signatures
(bot/channels/voice.py).
Facts: twilio.com/docs/voice/twiml, .../twiml/gather, .../twiml/dial, .../twiml/number. A number's
`url` is asked on the called side before the two are connected, and may not hold <Dial>; with
`answerOnBridge` the caller hears ringing meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never
from uuid import UUID

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from bot.dialogue.book import Book
from bot.dialogue.turn import Say, TextArgs
from bot.dialogue.words import render
from bot.messages import ChannelName
from bot.rules.voice import PAUSE, TALKS_FOR, Call, Stage, language_keys
from nlu.reading import Language

KEY_SECONDS: Final = 5
_LAST_KEY_SECONDS: Final = 3
_WHISPER_KEY_SECONDS: Final = 3
_BACK_SECONDS: Final = 30
_RING_TONE: Final = "uk"


@dataclass(frozen=True, slots=True)
class Phone:
    """A worker's phone that rings, by the id of its leg."""

    leg_id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class Told:
    """Where a call stands: all that its next document needs."""

    call_id: UUID
    step: int
    call: Call
    languages: tuple[Language, ...]
    phone: Phone | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Our own numbers and address. `records`: talks with a worker are recorded, and callers are
    told so."""

    public_url: str
    voice_number: str
    text_number: str
    records: bool


@dataclass(frozen=True, slots=True)
class Speech:
    book: Book
    lines: Lines

    def scene(self, told: Told) -> str:
        """The document for where the call stands; asked for again, it is the same."""
        answer, call = VoiceResponse(), told.call
        match call.stage:
            case Stage.MENU:
                self._ask(answer, told, self._menu(told), KEY_SECONDS)
            case Stage.LANGUAGES:
                self._languages(answer, told)
            case Stage.OFFER:
                self._ask(answer, told, ("voice-still", *self._ways(call)), KEY_SECONDS)
            case Stage.PROMISED:
                self._ask(answer, told, (), _LAST_KEY_SECONDS)
            case Stage.RINGING | Stage.TALKED:
                self._ring(answer, told)
            case Stage.OVER | Stage.ENDED:
                self._say_all(answer, call.language, call.says)
                answer.hangup()
            case _:
                assert_never(call.stage)
        return str(answer)

    def away(self) -> str:
        """While nothing can be looked up: who else answers, in English."""
        answer = VoiceResponse()
        self._say_all(answer, Language.EN, ("voice-away",))
        self._spell(answer, Language.EN)
        answer.hangup()
        return str(answer)

    def whisper(self, leg_id: UUID, said: tuple[str, TextArgs]) -> str:
        """What a worker hears first: silence, as of a voicemail, puts nobody through."""
        answer = VoiceResponse()
        for _ in range(2):
            gather = Gather(
                num_digits=1,
                action=f"{self._base}/whisper?l={leg_id}",
                method="POST",
                timeout=_WHISPER_KEY_SECONDS,
            )
            self._say(gather, Language.EN, *said)
            answer.append(gather)
        answer.hangup()
        return str(answer)

    def through(self) -> str:
        """The document ends, and the two are connected."""
        answer = VoiceResponse()
        self._say(answer, Language.EN, "page-voice-through")
        return str(answer)

    def staff(self, text_id: str, args: TextArgs | None = None) -> str:
        """A last word to a worker."""
        answer = VoiceResponse()
        self._say(answer, Language.EN, text_id, args)
        answer.hangup()
        return str(answer)

    def ask_back(self, row_id: UUID, reference: str) -> str:
        """A worker's phone was rung because they asked for it: 1 rings the other side."""
        answer = VoiceResponse()
        for _ in range(2):
            gather = Gather(
                num_digits=1,
                action=f"{self._base}/back?o={row_id}",
                method="POST",
                timeout=KEY_SECONDS,
            )
            self._say(gather, Language.EN, "page-voice-back", {"reference": ", ".join(reference)})
            answer.append(gather)
        answer.hangup()
        return str(answer)

    def connect(self, row_id: UUID, number: str) -> str:
        """The other side is rung from our number; never recorded, as nobody could tell them."""
        answer = VoiceResponse()
        self._say(answer, Language.EN, "page-voice-back-rings")
        dial = Dial(
            caller_id=self.lines.voice_number,
            timeout=_BACK_SECONDS,
            time_limit=int(TALKS_FOR.total_seconds()),
            answer_on_bridge=True,
            action=f"{self._base}/back?o={row_id}&d=1",
            method="POST",
        )
        dial.number(number)
        answer.append(dial)
        return str(answer)

    @property
    def _base(self) -> str:
        return f"{self.lines.public_url}/hooks/{ChannelName.VOICE}"

    def _next(self, told: Told) -> str:
        return f"{self._base}/step?c={told.call_id}&n={told.step}"

    def _menu(self, told: Told) -> tuple[str, ...]:
        others = ("voice-menu-languages",) if told.languages else ()
        return (
            "voice-menu-person",
            *self._ways(told.call),
            *others,
            "voice-menu-danger",
        )

    def _ways(self, call: Call) -> tuple[str, ...]:
        """Nothing is offered that could not be done."""
        back = ("voice-menu-back",) if call.caller.may_ring else ()
        text = ("voice-menu-text",) if call.caller.may_text else ()
        return (*back, *text)

    def _ask(
        self, answer: VoiceResponse, told: Told, text_ids: Sequence[str], seconds: int
    ) -> None:
        gather = self._gather(told, seconds)
        self._say_all(gather, told.call.language, (*told.call.says, *text_ids))
        answer.append(gather)

    def _gather(self, told: Told, seconds: int) -> Gather:
        """Its action is asked for with no key too."""
        return Gather(
            num_digits=1,
            action=self._next(told),
            method="POST",
            timeout=seconds,
            action_on_empty_result=True,
        )

    def _languages(self, answer: VoiceResponse, told: Told) -> None:
        """Each in its own words, or named in English where no voice speaks it."""
        gather = self._gather(told, KEY_SECONDS)
        for key, language in language_keys(told.languages):
            if self.book.speaks(language):
                self._say(gather, language, "voice-language", {"count": key})
            else:
                name = self.book.voices[language].name
                args: TextArgs = {"name": name, "count": key}
                self._say(gather, Language.EN, "voice-language-named", args)
        answer.append(gather)

    def _ring(self, answer: VoiceResponse, told: Told) -> None:
        call = told.call
        self._say_all(answer, call.language, call.says)
        if told.phone is None:
            answer.pause(length=int(PAUSE.total_seconds()))
            answer.redirect(self._next(told), method="POST")
            return
        recorded = {"record": "record-from-answer-dual"} if self.lines.records else {}
        dial = Dial(
            caller_id=self.lines.voice_number,
            timeout=call.ringing.seconds if call.ringing else KEY_SECONDS,
            time_limit=int(TALKS_FOR.total_seconds()),
            answer_on_bridge=True,
            ring_tone=_RING_TONE,
            action=self._next(told),
            method="POST",
            **recorded,
        )
        whisper = f"{self._base}/whisper?l={told.phone.leg_id}"
        dial.number(told.phone.number, url=whisper, method="POST")
        answer.append(dial)

    def _say_all(
        self, within: VoiceResponse | Gather, language: Language, text_ids: Sequence[str]
    ) -> None:
        for text_id in text_ids:
            self._say(within, language, text_id)
            if text_id == "voice-hidden":
                self._spell(within, language)

    def _spell(self, within: VoiceResponse | Gather, language: Language) -> None:
        """The number that takes texts, digit by digit."""
        if self.lines.text_number:
            self._say(within, language, "voice-text-us")
            digits = self.lines.text_number.replace("+44", "0")
            self._speak(within, language, ", ".join(digits))

    def _say(
        self,
        within: VoiceResponse | Gather,
        language: Language,
        text_id: str,
        args: TextArgs | None = None,
    ) -> None:
        spoken = language if self.book.speaks(language) else Language.EN
        text, _ = render(Say(text_id, args or {}), self.book, spoken, ChannelName.VOICE)
        self._speak(within, spoken, text)

    def _speak(self, within: VoiceResponse | Gather, language: Language, text: str) -> None:
        spoken = language if self.book.speaks(language) else Language.EN
        voice = self.book.voices[spoken]
        within.say(text, language=voice.tag, voice=voice.voice)
