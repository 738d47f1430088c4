"""The addresses of the people side: the rota, phones, passkeys, pages, drills, rights,
the content.

Does not belong here: any page; the addresses of conversations and referrals (api/desk/routes.py).
"""

from api.desk import keys, phones, rights, rota, rota_change, woken, wording
from api.desk.guard import Page
from bot.rules.rights import Right

PAGES: tuple[Page, ...] = (
    Page(rota.ROTA, Right.SEE_QUEUE, get=rota.show),
    Page(rota_change.CHANGE, Right.SUPERVISE, get=rota_change.show),
    Page(f"{rota.ROTA}/shifts", Right.SUPERVISE, post=rota_change.add_shift),
    Page(f"{rota.ROTA}/shifts/{{shift_id}}", Right.SUPERVISE, get=rota_change.show_shift),
    Page(f"{rota.ROTA}/overrides", Right.SUPERVISE, post=rota_change.add_override),
    Page(f"{rota.ROTA}/swaps", Right.SUPERVISE, post=rota_change.swap),
    Page(f"{rota.ROTA}/leave", Right.SUPERVISE, post=rota_change.add_leave),
    Page(f"{rota.ROTA}/teams", Right.SUPERVISE, post=rota_change.add_team),
    Page(f"{rota.ROTA}/members", Right.SUPERVISE, post=rota_change.member),
    Page(f"{rota.ROTA}/import", Right.SUPERVISE, post=rota_change.bring_in),
    Page(f"{rota.ROTA}/drop", Right.SUPERVISE, post=rota_change.drop),
    Page(phones.PHONES, Right.TALK, get=phones.show, post=phones.add),
    Page(f"{phones.PHONES}/{{phone_id}}/prove", Right.TALK, post=phones.prove),
    Page(f"{phones.PHONES}/{{phone_id}}/remove", Right.TALK, post=phones.remove),
    Page(phones.CALENDAR, Right.TALK, post=phones.make_calendar),
    Page(f"{phones.CALENDAR}/end", Right.TALK, post=phones.end_calendar),
    Page(keys.KEYS, None, get=keys.show, post=keys.add),
    Page(f"{keys.KEYS}/{{key_id}}/remove", None, post=keys.remove),
    Page(woken.PAGES, Right.SEE_QUEUE, get=woken.show),
    Page(f"{woken.PAGES}/{{page_id}}/stop", Right.SUPERVISE, post=woken.stop),
    Page(woken.DRILLS, Right.SEE_QUEUE, get=woken.show_drills),
    Page(f"{woken.DRILLS}/send", Right.SUPERVISE, post=woken.drill),
    Page(rights.RIGHTS_PAGE, Right.MANAGE_STAFF, get=rights.show),
    Page(wording.WORDING, Right.SEE_CONTENT, get=wording.show),
)
