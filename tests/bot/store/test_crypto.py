"""Words at rest: sealed to their place, opened by any key, indexed by the oldest."""

from uuid import UUID

import pytest

from bot.errors import BadSettings
from bot.store.crypto import Key, Spot, Vault

OLD, NEW = Key("old", b"o" * 32), Key("new", b"n" * 32)
ROW, OTHER = UUID(int=1), UUID(int=2)
SPOT = Spot("messages", "text_sealed", ROW)


def test_what_was_sealed_opens_again_and_shows_nothing_meanwhile() -> None:
    """A sealed value gives back its words, and holds none of them in clear."""
    sealed = Vault([OLD]).seal(SPOT, "they follow me home 🏠")
    assert b"follow" not in sealed
    assert Vault([OLD]).open(SPOT, sealed) == "they follow me home 🏠"


def test_equal_words_never_look_equal() -> None:
    """Two people who say the same cannot be matched by what is stored."""
    vault = Vault([OLD])
    assert vault.seal(SPOT, "help") != vault.seal(SPOT, "help")


@pytest.mark.parametrize(
    "elsewhere",
    [
        Spot("messages", "text_sealed", OTHER),
        Spot("messages", "reading_sealed", ROW),
        Spot("outbox", "text_sealed", ROW),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: Spot) -> None:
    """Nobody with the database alone can put one person's words under another's name."""
    sealed = Vault([OLD]).seal(SPOT, "help")
    with pytest.raises(BadSettings, match="damaged"):
        Vault([OLD]).open(elsewhere, sealed)


@pytest.mark.parametrize("place", [4, 16, -1])
def test_a_value_with_one_changed_byte_does_not_open(place: int) -> None:
    """A flipped bit in nonce, words or tag is noticed."""
    sealed = bytearray(Vault([OLD]).seal(SPOT, "help"))
    sealed[place] ^= 1
    with pytest.raises(BadSettings, match="damaged"):
        Vault([OLD]).open(SPOT, bytes(sealed))


def test_after_a_new_key_the_old_values_still_open() -> None:
    """A new key seals what is new, and yesterday's words stay readable."""
    before, after = Vault([OLD]), Vault([NEW, OLD])
    sealed = before.seal(SPOT, "help")
    assert after.open(SPOT, sealed) == "help"
    assert not after.is_current(sealed)
    assert after.is_current(after.seal(SPOT, "help"))


def test_a_value_under_a_key_that_is_gone_says_so() -> None:
    """The operator learns that a key is missing, and not what it was."""
    sealed = Vault([OLD]).seal(SPOT, "help")
    with pytest.raises(BadSettings, match="a key that is not configured"):
        Vault([NEW]).open(SPOT, sealed)


def test_a_key_of_the_same_name_with_another_secret_opens_nothing() -> None:
    """The name of a key is not the key."""
    sealed = Vault([OLD]).seal(SPOT, "help")
    with pytest.raises(BadSettings, match="damaged"):
        Vault([Key("old", b"x" * 32)]).open(SPOT, sealed)


def test_a_key_whose_name_begins_like_the_newest_is_not_the_newest() -> None:
    """`k1` and `k10` are told apart."""
    long = Key("k10", b"l" * 32)
    sealed = Vault([long]).seal(SPOT, "help")
    assert not Vault([Key("k1", b"s" * 32), long]).is_current(sealed)


def test_a_rotation_leaves_every_index_as_it_was() -> None:
    """A number is found under the same index before and after a new key."""
    number = "+447700900123"
    assert Vault([OLD]).index("sms", number) == Vault([NEW, OLD]).index("sms", number)


def test_an_index_tells_nothing_without_the_key_and_mixes_no_kinds() -> None:
    """Equal values of two kinds, or under two keys, have nothing in common."""
    vault = Vault([OLD])
    assert vault.index("sms", "1") != vault.index("telegram", "1")
    assert vault.index("sms", "1") != Vault([NEW]).index("sms", "1")


def test_a_service_without_a_key_does_not_start() -> None:
    """No key is an error for the operator, never a reason to store words in clear."""
    with pytest.raises(BadSettings, match="HANDRAIL_SECRET_KEYS"):
        Vault([])
