"""What closing a ticket means for the conversation's risk. Pure.

Does not belong here: who may close one (bot/desk/queue.py).
"""

from enum import StrEnum


class Outcome(StrEnum):
    HELPED = "helped"
    REFERRED = "referred"
    NO_REPLY = "no_reply"
    FALSE_ALARM = "false_alarm"
    OTHER = "other"


def lowers_risk(outcome: Outcome) -> bool:
    """Only a named person lowers the floor of risk, and only by saying that it was dealt with:
    somebody who stopped answering is as much in danger as before."""
    match outcome:
        case Outcome.HELPED | Outcome.REFERRED | Outcome.FALSE_ALARM:
            return True
        case Outcome.NO_REPLY | Outcome.OTHER:
            return False
