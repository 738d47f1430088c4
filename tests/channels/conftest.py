"""The doubles, for every test of a channel."""

from tests.doubles.fixtures import carrier, prism_url, telegram_url

__all__ = ["carrier", "prism_url", "telegram_url"]
