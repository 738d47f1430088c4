"""Writing first to a young person whom somebody else named: who must agree to it. Pure.

Belongs here: which right a first message needs, and where it may go. Does not belong here: the gate
itself (bot/rules/contact.py), limits on numbers (bot/rules/dialling.py).
"""

from collections.abc import Collection, Mapping
from typing import Final

import phonenumbers

from bot.dialogue.turn import ReferralKind
from bot.messages import ChannelName
from bot.rules.rights import Right

CHANNELS: Final = (ChannelName.SMS, ChannelName.WHATSAPP)
"""Where a typed number can be written to."""
_OTHERS: Final = (ReferralKind.PARENT, ReferralKind.SCHOOL, ReferralKind.FRIEND)
_RELUCTANT: Final = frozenset({"not-told", "ask-me-first"})
"""What a referrer may have said that makes a first message a supervisor's matter."""
_YOUNG: Final = "under_14"


def can_start(kind: ReferralKind) -> bool:
    """Only what somebody else told of a young person; whoever writes for themselves is there."""
    return kind in _OTHERS


def needs(kind: ReferralKind, fields: Mapping[str, object], flags: Collection[str]) -> Right:
    """A worker's agreement, or a supervisor's: where a friend named them, where whoever referred
    has not told them or wants to be asked first, and for those under 14."""
    told = {str(value).replace("_", "-") for value in fields.values()}
    if kind is ReferralKind.FRIEND or told & _RELUCTANT or _YOUNG in flags:
        return Right.SUPERVISE
    return Right.TALK


def typed_number(written: str) -> str | None:
    """E.164 for what was typed, read as British where it has no country; None for no number."""
    try:
        parsed = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
