"""What counts as a reason that somebody wrote down. Pure.

Belongs here: telling words from nothing. Does not belong here: what needs a reason (bot/desk).
"""


def says_why(reason: str) -> bool:
    """A letter or a figure in any script: neither blanks that can be seen nor any that cannot, nor
    a lone dot."""
    return any(one.isalnum() for one in reason)
