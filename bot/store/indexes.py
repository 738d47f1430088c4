"""Keyed blind indexes of normalised values: how sealed words are found again.

Does not belong here: the key (bot/store/crypto.py), or where an index is kept (tables).
"""

from bot.store.session import Session


def name_index(session: Session, name: str) -> bytes:
    """Equal for one name in any case and spacing."""
    return session.vault.index("name", " ".join(name.casefold().split()))
