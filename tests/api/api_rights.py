"""Which role may what in the JSON API: written down a second time, on purpose, so that a right that
is given by mistake is noticed.

Does not belong here: asking (tests/api/test_v1.py, tests/api/test_description.py).
"""

from bot.rules.rights import Role

A_READERS = {
    "GET /conversations/{conversation_id}",
    "POST /conversations/search",
    "GET /drills",
    "GET /oncall",
    "GET /pages",
    "GET /patrol/presence",
    "GET /patrol/reports",
    "GET /referrals",
    "GET /referrals/{referral_id}",
    "GET /samples",
    "GET /tickets",
}
A_SUPERVISORS = ("/exports", "/rota", "/figures", "/drills", "/pages/{page_id}/stop")


def who_may(own: str) -> set[Role]:
    """`own`: method and path below `/api/v1`. An editor and somebody of a programme may nothing."""
    path = own.split()[1]
    if path == "/audit":
        return {Role.SUPERVISOR, Role.AUDITOR}
    if own in A_READERS:
        return {Role.READER, Role.WORKER, Role.SUPERVISOR}
    return {Role.SUPERVISOR} if path.startswith(A_SUPERVISORS) else {Role.WORKER, Role.SUPERVISOR}
