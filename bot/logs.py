"""How the service logs: one line of JSON an event, ids only.

Belongs here: the set-up, and the last guard against personal words. Does not belong here: what
is logged. Errors are logged by type; their messages and traces may quote a person, so neither
leaves the process.
"""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_LIBRARIES = ("httpx", "httpcore", "twilio", "telegram", "procrastinate", "sqlalchemy", "uvicorn")


def configure(level: int = logging.INFO) -> None:
    """Once for each process, before anything else logs."""
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        only_the_type_of_errors,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def only_the_type_of_errors(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A trace quotes values, and values may be words of a person."""
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if found is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
    return event
