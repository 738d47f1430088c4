"""Every error of the product, told apart by what to do next.

    HandrailError
    ├── RetryLater      try again: the cause passes by itself
    │   └── StoreAway   the database cannot be reached
    ├── Refuse          stop: the other side asked for something it may not or cannot have
    │   ├── BadSignature, BadPayload   a webhook that is not what it claims to be
    │   ├── NotFound, NotYours, AlreadyTaken   a staff request that cannot be done
    └── Report          tell the operator: nothing else helps
        └── BadSettings, BadContent

Messages of errors hold ids and codes, never words, names or numbers of people.
"""


class HandrailError(Exception):
    """The root; never raised itself."""


class RetryLater(HandrailError):
    """The cause passes by itself."""


class StoreAway(RetryLater):
    """The database cannot be reached."""


class Refuse(HandrailError):
    """The request cannot be met as it stands."""


class BadSignature(Refuse):
    """The caller has not proved to be the carrier."""


class BadPayload(Refuse):
    """Signed, but not what the carrier's documentation describes."""


class NotFound(Refuse):
    """No such thing, or none that this caller may see."""


class NotYours(Refuse):
    """The thing is held by somebody else, or by nobody."""


class AlreadyTaken(Refuse):
    """Somebody else was first."""


class Report(HandrailError):
    """Only a person who runs the service can mend it."""


class BadSettings(Report):
    """A setting is missing or makes no sense."""


class BadContent(Report):
    """A content file cannot be used; the message names file and line."""
