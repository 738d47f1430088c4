"""Every address of the staff console and the right that opens it.

Does not belong here: any page.
"""

from fastapi import APIRouter

from api.desk import (
    actions,
    beside,
    deciding,
    door,
    door_provider,
    exports,
    figures,
    handover,
    home,
    live,
    me,
    media,
    offering,
    people_routes,
    queue,
    record,
    referrals,
    ringing,
    samples,
    shift,
    staff,
    tickets,
    walk,
)
from api.desk.guard import Page, guarded
from bot.rules.rights import Right

_TICKET = "/desk/tickets/{ticket_id}"
_REFERRAL = f"{referrals.REFERRALS}/{{referral_id}}"
_MEDIA = f"{media.MEDIA}/{{attachment_id}}"
_PERSON = f"{staff.STAFF}/{{staff_id}}"

PAGES: tuple[Page, ...] = (
    Page("/desk", None, get=home.start),
    Page("/desk/logout", None, post=door.sign_out),
    Page("/desk/here", None, post=live.here),
    Page("/desk/events", Right.SEE_QUEUE, get=live.events),
    Page("/desk/queue/part", Right.SEE_QUEUE, get=queue.show_part),
    Page(_TICKET, Right.SEE_PEOPLE, get=tickets.show_ticket),
    Page(f"{_TICKET}/part", Right.SEE_PEOPLE, get=tickets.show_part),
    Page(f"{_TICKET}/claim", Right.TALK, post=queue.claim),
    Page(f"{_TICKET}/typing", Right.TALK, post=live.typing),
    Page(f"{_TICKET}/reply", Right.TALK, post=actions.reply),
    Page(f"{_TICKET}/release", Right.TALK, post=actions.release),
    Page(f"{_TICKET}/close", Right.TALK, post=actions.close),
    Page(f"{_TICKET}/note", Right.TALK, post=actions.note),
    Page(f"{_TICKET}/risk", Right.TALK, post=actions.risk),
    Page(f"{_TICKET}/help", Right.TALK, post=actions.helped),
    Page(f"{_TICKET}/ring", Right.TALK, post=ringing.ring),
    Page(f"{_TICKET}/describe", Right.TALK, post=offering.offer),
    Page(f"{_TICKET}/slow", Right.TALK, post=actions.slow_down),
    Page(f"{_TICKET}/pass", Right.TALK, post=actions.pass_on),
    Page(f"{_TICKET}/handover", Right.TALK, get=handover.show, post=handover.give),
    Page(f"{_TICKET}/handover.pdf", Right.TALK, get=handover.paper),
    Page(referrals.REFERRALS, Right.SEE_REFERRALS, get=referrals.show_list, post=referrals.search),
    Page(_REFERRAL, Right.SEE_REFERRALS, get=referrals.show_one),
    Page(f"{_REFERRAL}/edit", Right.TALK, post=referrals.edit),
    Page(f"{_REFERRAL}/send", Right.TALK, post=referrals.send),
    Page(f"{_REFERRAL}/answer", Right.SEE_REFERRALS, post=referrals.answer),
    Page(f"{_REFERRAL}/contact", Right.TALK, post=deciding.ask_contact),
    Page(deciding.DUE, Right.TALK, get=deciding.show_due),
    Page(f"{deciding.DUE}/contacts/{{contact_id}}", Right.TALK, post=deciding.decide_contact),
    Page(f"{_TICKET}/delete", Right.TALK, post=deciding.decide_deletion),
    Page(f"{_TICKET}/anyway", Right.TALK, post=deciding.send_anyway),
    Page(f"{_REFERRAL}/same", Right.TALK, post=beside.join),
    Page(f"{_REFERRAL}/part", Right.TALK, post=beside.part),
    Page(f"{_REFERRAL}/follow", Right.TALK, post=beside.plan),
    Page(f"{deciding.DUE}/follow/{{follow_up_id}}", Right.TALK, post=beside.done),
    Page(f"{_REFERRAL}/lawful", Right.TALK, post=referrals.record_basis),
    Page(f"{_REFERRAL}/download", Right.SEE_REFERRALS, get=referrals.download),
    Page(f"{_REFERRAL}/end", Right.TALK, post=referrals.end),
    Page(_MEDIA, Right.TALK, get=media.show, post=media.open_one),
    Page(f"{_MEDIA}/blurred", Right.TALK, get=media.blurred),
    Page(f"{_MEDIA}/clear", Right.TALK, get=media.clear),
    Page(f"{_MEDIA}/lock", Right.TALK, post=media.lock),
    Page(f"{_MEDIA}/unlock", Right.SUPERVISE, post=media.unlock),
    Page(shift.SHIFT, Right.TALK, get=shift.show, post=shift.end),
    Page(f"{shift.SHIFT}/take", Right.TALK, post=shift.take),
    Page(me.ME, None, get=me.show_me),
    Page(f"{me.ME}/sessions", None, post=me.end_session),
    Page(f"{me.ME}/password", None, post=me.change_password),
    Page(f"{me.ME}/codes", None, post=me.new_codes),
    Page(staff.STAFF, Right.MANAGE_STAFF, get=staff.show_staff, post=staff.invite),
    Page(f"{_PERSON}/enrol", Right.MANAGE_STAFF, post=staff.enrol_again),
    Page(f"{_PERSON}/dismiss", Right.MANAGE_STAFF, post=staff.dismiss),
    Page(walk.WALK, Right.SEE_REFERRALS, get=walk.show),
    Page(samples.SAMPLES, Right.SUPERVISE, get=samples.show),
    Page(f"{samples.SAMPLES}/{{message_id}}", Right.SUPERVISE, post=samples.judge),
    Page(exports.EXPORTS, Right.SUPERVISE, get=exports.show, post=exports.ask),
    Page(f"{exports.EXPORTS}/{{export_id}}/decide", Right.SUPERVISE, post=exports.decide),
    Page(f"{exports.EXPORTS}/{{export_id}}/take", Right.SUPERVISE, post=exports.take),
    Page(figures.FIGURES, Right.SUPERVISE, get=figures.show),
    Page(f"{figures.FIGURES}.csv", Right.SUPERVISE, get=figures.as_csv),
    Page(record.RECORD, Right.SEE_AUDIT, get=record.show_record),
    *people_routes.PAGES,
)

router = APIRouter()
door_provider.add_routes(router)
door.add_routes(router)
for _page in PAGES:
    for _method, _handler in _page.methods().items():
        router.add_route(_page.path, guarded(_handler, _page.right), methods=[_method])
