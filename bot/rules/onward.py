"""A referral on its way to a programme and back: how often it is tried, what is heard of it. Pure.

Belongs here: decisions. Does not belong here: HTTP (bot/channels/signed.py), rows
(bot/store/onward.py), the clock of an answer (bot/rules/working.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from bot.dialogue.turn import ReferralKind

_WAITS = (5, 60, 300, 1800, 7200, 21600, 43200)
"""Seconds before each further try, about a day in all; afterwards a person sends it another way."""
TOLERANCE = timedelta(minutes=5)
"""How far the sender's clock may be from ours: the Standard Webhooks specification's own figure."""


class Answer(StrEnum):
    """What a programme says."""

    ACCEPTED = "accepted"
    NEEDS_MORE = "needs_more"
    REDIRECTED = "redirected"
    DECLINED = "declined"


def needs_reason(answer: Answer) -> bool:
    """Whoever does not simply take somebody on says why."""
    return answer is not Answer.ACCEPTED


def needs_person(answer: Answer) -> bool:
    """After these a worker goes on with whoever wrote: a machine's words are not enough."""
    return answer is not Answer.ACCEPTED


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with something that was shared."""

    is_ended: bool
    """The referral was withdrawn or closed."""
    is_taken_back: bool
    """The person's last word on sharing was no."""
    on_consent: bool
    """It was shared because the person agreed."""
    is_told: bool
    """The person knows of it."""


def may_go(standing: Standing) -> bool:
    """Whether it may still be sent."""
    return not (standing.is_ended or (standing.on_consent and standing.is_taken_back))


def may_hear(standing: Standing) -> bool:
    """Whether a machine may tell of the answer: not to whom nobody told of the share, nor what
    somebody no longer wants. A person sees to those."""
    return standing.is_told and not (standing.is_ended or standing.is_taken_back)


def news(kind: ReferralKind, answer: Answer) -> str:
    """The text that whoever referred hears. Only those who asked for themselves hear what became
    of it: nobody is told about somebody else."""
    if kind is not ReferralKind.SELF:
        return "news-other-more" if answer is Answer.NEEDS_MORE else "news-other"
    match answer:
        case Answer.ACCEPTED:
            return "news-accepted"
        case Answer.NEEDS_MORE:
            return "news-needs-more"
        case Answer.REDIRECTED:
            return "news-redirected"
        case Answer.DECLINED:
            return "news-declined"
        case _:
            assert_never(answer)


def wait_after(tries: int) -> timedelta | None:
    """How long until the next try after so many, one or more; None: it is given up."""
    return timedelta(seconds=_WAITS[tries - 1]) if tries <= len(_WAITS) else None


def is_timely(sent_at: datetime, now: datetime) -> bool:
    """Neither an old request played again nor one from the future."""
    return abs(now - sent_at) <= TOLERANCE
