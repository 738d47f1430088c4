"""Who may do what, and which field is kept from whom: the tables that are in force, to be read.

Does not belong here: the tables (bot/rules/rights.py, bot/rules/fields.py), people
(api/desk/staff.py).
"""

from starlette.requests import Request
from starlette.responses import Response

from api.desk.pages import desk_page
from bot.rules.fields import RULES
from bot.rules.rights import RIGHTS, Right, Role
from bot.store.staff_sessions import Visit

RIGHTS_PAGE = "/desk/staff/rights"


async def show(request: Request, visit: Visit) -> Response:
    values = {
        "rights": [*Right],
        "may_do": lambda right: [role for role in Role if right in RIGHTS[role]],
        "rules": [(rule, sorted(rule.roles), sorted(rule.kinds)) for rule in RULES],
    }
    return desk_page(request, "rights.html", values, visit=visit)
