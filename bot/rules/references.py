"""References: five easy words that tell how far a referral is, and nothing else. Pure.

Belongs here: making one, hearing one in a message, which of four things it tells. Does not belong
here: keeping and finding them (bot/store/receipts.py), the words (content/references).
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.dialogue.turn import Progress

WORDS = 5
"""Of a list of 2,048 or more: some 36 thousand million million references."""
MOST_TRIES = 5
"""From one address within `TRIES_WITHIN`, right ones too; afterwards every one is unknown."""
TRIES_WITHIN = timedelta(hours=1)


def make(easy: Sequence[str], choose: Callable[[Sequence[str]], str]) -> tuple[str, ...]:
    """`choose` picks one word by true chance."""
    return tuple(choose(easy) for _ in range(WORDS))


def progress(referral_state: str, ticket_state: str | None) -> Progress:
    """From a referral's state and, where its conversation has an open ticket, the ticket's."""
    if referral_state in ("accepted", "needs_more", "redirected"):
        return Progress.IN_TOUCH
    if referral_state in ("declined", "withdrawn", "closed"):
        return Progress.CLOSED
    seen = referral_state == "triaged" or ticket_state in ("claimed", "closed")
    return Progress.LOOKED_AT if seen else Progress.RECEIVED
