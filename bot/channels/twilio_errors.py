"""What Twilio's error codes mean for a message: again later, or never, and why.

Belongs here: the table and its one reading. Does not belong here: anything done about it.
Facts: https://www.twilio.com/docs/api/errors (each code has a page of its own).
"""

from collections.abc import Mapping
from typing import Final

from bot.messages import RefusalCause, Refused, TryLater

RETRY: Final[Mapping[str, float]] = {
    "14107": 60.0,  # send rate limit exceeded
    "20429": 5.0,  # too many requests
    "20503": 15.0,  # service unavailable
    "21611": 60.0,  # sender's queue is full
    "30001": 60.0,  # queue overflow
    "30003": 300.0,  # handset unreachable: off or out of coverage
    "30008": 60.0,  # unknown error
    "30017": 120.0,  # carrier network congestion
    "30022": 30.0,  # carrier's rate limit exceeded
    "63018": 30.0,  # WhatsApp rate limit exceeded
}
"""Seconds to wait before the same message may go again."""

REFUSED: Final[Mapping[str, RefusalCause]] = {
    "21610": "opted_out",  # the recipient replied STOP
    "63014": "opted_out",  # blocked by the person's own action
    "21211": "unreachable",  # not a phone number
    "21214": "unreachable",  # number cannot be reached
    "21612": "unreachable",  # no route between the two numbers
    "21614": "unreachable",  # not a mobile number
    "30004": "unreachable",  # blocked, or the carrier does not deliver to it
    "30005": "unreachable",  # unknown or no longer in use
    "30006": "unreachable",  # landline or unreachable carrier
    "63003": "unreachable",  # no such WhatsApp user
    "63015": "unreachable",  # sandbox: the person has not joined
    "63024": "unreachable",  # invalid recipient
    "63016": "needs_template",  # outside the 24-hour window
    "20003": "operator",  # wrong credentials
    "20005": "operator",  # account not active
    "21212": "operator",  # our sender is not a number
    "21408": "operator",  # no permission for the region
    "21603": "operator",  # no sender given
    "21606": "operator",  # sender not ours, or cannot text
    "21660": "operator",  # sender belongs to another account
    "30002": "operator",  # account suspended
    "30034": "operator",  # sender not registered
    "63001": "operator",  # channel credentials wrong
    "63007": "operator",  # no such WhatsApp sender
    "63020": "operator",  # WhatsApp business account not accepted
    "63038": "operator",  # the account's daily limit
    "63051": "operator",  # WhatsApp business account locked
    "21602": "invalid",  # neither words nor media
    "21617": "invalid",  # over 1,600 characters
    "30007": "invalid",  # filtered by a carrier
    "63005": "invalid",  # WhatsApp does not take the content
    "63013": "invalid",  # against the channel's policy
}


def verdict(code: str) -> TryLater | Refused:
    """What to do about a message that Twilio reports with this error code.

    The one reading of the table, for answers to sends and for status callbacks alike. A failure
    without a code may pass by itself; a code nobody has listed is not tried again.
    """
    if code in ("", "0"):
        return TryLater(RETRY["30008"], "no_code")
    if code in RETRY:
        return TryLater(RETRY[code], code)
    return Refused(REFUSED.get(code, "invalid"), code)
