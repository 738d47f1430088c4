"""Every way to reach us that is set up, none before another. Pure.

Belongs here: which ways there are and their links. Does not belong here: pages and posters that
show them, their words (content).
"""

from dataclasses import dataclass

import phonenumbers

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Way:
    """`href`: a path of our own site, or a link that a phone opens. `shown`: the number, for
    those who dial it themselves."""

    name: str
    href: str
    shown: str = ""


def ways_of(settings: Settings) -> tuple[Way, ...]:
    sms, whatsapp = settings.sms_number, settings.whatsapp_number
    voice, telegram = settings.voice_number, settings.telegram_name
    found = (
        Way("chat", "/chat"),
        Way("call", f"tel:{voice}", written(voice)) if voice else None,
        Way("text", f"sms:{sms}", written(sms)) if sms else None,
        Way("whatsapp", f"https://wa.me/{whatsapp.lstrip('+')}") if whatsapp else None,
        Way("telegram", f"https://t.me/{telegram}") if telegram else None,
    )
    return tuple(way for way in found if way)


def written(number: str) -> str:
    """A number as people in its country write it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
