"""What counts as a reason that somebody wrote down."""

import pytest

from bot.rules.reasons import says_why


@pytest.mark.parametrize(
    ("written", "is_reason"),
    [
        ("they say the knife is in it", True), ("خطرہ", True), ("7", True),
        ("", False), ("  ", False), ("\u200b\u200b", False), ("\u2060", False),
        (".", False), ("---", False),
    ],
)  # fmt: skip
def test_a_reason_has_words(written: str, is_reason: bool) -> None:
    """In any script; nothing that only looks like something, and nothing that cannot be seen."""
    assert says_why(written) is is_reason
