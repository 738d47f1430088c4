"""Reading forms of the desk: fields and ids, nothing of what they mean.

Does not belong here: whether a form may be believed (api/desk/guard.py).
"""

from uuid import UUID

from starlette.requests import Request

from bot.errors import NotFound
from bot.store.shares import Grounds

_LONGEST = 4000


async def told(request: Request, name: str) -> str:
    """A field without the white space around it; empty where it is missing or a file."""
    value = (await request.form()).get(name)
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def id_in_path(request: Request, name: str) -> UUID:
    """Raises `NotFound` for what is no id: it names nothing."""
    try:
        return UUID(request.path_params[name])
    except ValueError as error:
        raise NotFound("id") from error


async def grounds_in(request: Request) -> Grounds:
    """Why something is shared and whether the person knows, as the form for it asks."""
    is_told = await told(request, "told") == "yes"
    why_not = "" if is_told else await told(request, "why_not")
    return Grounds(await told(request, "why"), is_told, why_not)
