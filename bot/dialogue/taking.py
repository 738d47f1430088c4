"""A message taken in: as an answer, as the beginning of a flow, as a story, or not understood.

Belongs here: the move that is not a command. Does not belong here: commands (moves.py), reading
one answer (answers.py).
"""

from bot.dialogue import answers, path
from bot.dialogue.subject import about
from bot.dialogue.talk import MISSES, Result, Talk, ask, listened, missed
from bot.dialogue.topics import says
from bot.dialogue.turn import (
    AddToReferral,
    Effect,
    FieldValue,
    OpenTicket,
    Priority,
    ReferralKind,
    Say,
    StartPage,
    TicketReason,
)
from bot.messages import InboundKind
from nlu.normalise import fold
from nlu.reading import EntityName, Intent, RiskLevel

_THANKS = "heard"
_FEW = 3
_SURE = 0.6
"""Confidence below which a phrase that names a flow counts for more than the model's guess."""
_NODS = (Intent.AFFIRM, Intent.DENY, Intent.DONT_KNOW)
_NEAR = 2
"""Words before the one that says who somebody is."""
_SURE_OF_ANOTHER = 0.9
"""Confidence from which what is told after sending is about somebody else, and anew."""
_NO_RUSH = "no-rush"
_HANDED_OVER = "handing-over"


def take(talk: Talk) -> Result:
    """The message as an answer, a story, or not understood."""
    talk = _about_whom(talk)
    answer = talk.answer()
    if talk.turn.kind is InboundKind.BUTTON and not answer:
        answer = path.tapped(talk.flow, talk.turn.text, talk.state.trail)
    if _is_bare_yes_after_no(talk, answer):
        return ask(talk)
    if talk.step is not None and talk.flow.kind is None and answer:
        wanted = talk.step.starts[str(answer[talk.step.id])]
        return _open(listened(talk), wanted)
    if talk.flow.kind is None:
        return _find_flow(listened(talk))
    heard = _passed_over(_answered(talk, answer), talk, answer)
    same = heard.state.fields == talk.state.fields and heard.state.held == talk.state.held
    if same and talk.step is not None and not talk.in_danger and not talk.turn.media:
        return ask(talk, Say("got-that")) if talk.tells_else() else missed(talk)
    if talk.step is not None and answer.get(talk.step.id) in talk.step.alarms:
        return _not_safe(heard.moved_to(misses=0))
    return ask(heard.moved_to(misses=0), *_noted(heard, talk, answer))


def _is_bare_yes_after_no(talk: Talk, answer: dict[str, FieldValue]) -> bool:
    """Sending was refused, and what agrees now does not say so in words: it is asked again."""
    agreement, step = talk.flow.agreement, talk.step
    if not talk.state.refused or agreement is None or step is None or step.id != agreement.step:
        return False
    choice = str(answer.get(step.id, ""))
    plain = answers.is_worded(choice, talk.turn, talk.topics, talk.book)
    return choice in agreement.sends and not plain


def given_up(talk: Talk) -> Result:
    """Nothing that was said answers the open question, once too often: a person is asked for."""
    if talk.flow.kind is not None:
        return missed(talk)
    if _HANDED_OVER in talk.state.told:
        return talk.state, (Say("noted"),)
    return _unclear(talk)


def _not_safe(talk: Talk) -> Result:
    """Asked, somebody said that they are not safe: emergency words, a person, and no question."""
    words = f"emergency-general-{talk.turn.people.value}"
    effects = (
        Say(words, urgent=True),
        OpenTicket(TicketReason.RISK, talk.at_least(Priority.HIGH)),
        StartPage(RiskLevel.HIGH),
        Say(talk.flow.stays),
    )
    return talk.state.model_copy(update={"step": None, "paused": None}), effects


def _about_whom(talk: Talk) -> Talk:
    """`me` needs no question: the first step of the start flow hears it unasked."""
    brief = answers.word_count(talk.turn.text) <= _FEW
    if talk.flow.kind is not None or talk.step is not None or not brief:
        return talk
    opened = talk.moved_to(step=talk.flow.steps[0].id)
    return opened if opened.answer() else talk


def _passed_over(heard: Talk, talk: Talk, answer: dict[str, FieldValue]) -> Talk:
    """A question that was answered with another fact comes again later, and only once."""
    step = talk.step
    if step is None or answer or not talk.tells_else() or step.id in heard.state.fields:
        return heard
    if step.id in heard.state.passed:
        return heard.moved_to(skipped=heard.state.skipped | {step.id})
    return heard.moved_to(passed=(*heard.state.passed, step.id))


def _noted(heard: Talk, talk: Talk, answer: dict[str, FieldValue]) -> tuple[Say, ...]:
    """Said where something was told but the same question comes again, or where it is agreed to
    send before it is asked."""
    agreement = heard.flow.agreement
    if agreement and agreement.step in heard.state.fields and agreement.step not in answer:
        if agreement.step not in talk.state.fields and not heard.in_danger:
            return (Say("will-send"),)
        return ()
    open_step = path.next_step(heard.flow, heard.state, heard.book)
    same = heard.step is not None and open_step is not None and heard.step.id == open_step.id
    return (Say("got-that"),) if same and not answer and not heard.in_danger else ()


def _answered(talk: Talk, answer: dict[str, FieldValue]) -> Talk:
    told = talk.step is not None and talk.step.expects == "text" and bool(answer)
    heard = listened(talk, only_worrying=told, story=path.REASON not in answer)
    fields = {**heard.state.fields, **answer}
    if _is_otherwise(talk, answer):
        heard = _in_own_words(heard)
        fields = {**heard.state.fields, **answer}
    other = path.partner(talk.step, talk.flow, heard.state) if talk.step and answer else None
    if other is not None:
        fields |= answers.beside(other, talk.turn, talk.topics)
    state = heard.state.model_copy(update={"fields": fields})
    return Talk(path.promoted(state, talk.book), talk.turn, talk.book)


def _is_otherwise(talk: Talk, answer: dict[str, FieldValue]) -> bool:
    step = talk.step
    if step is None or step.otherwise is None or talk.is_understood():
        return False
    return answer.get(step.id) == step.otherwise


def _in_own_words(heard: Talk) -> Talk:
    """What stands for no choice of the list is told in the person's own words."""
    said = str(heard.state.fields.get(path.REASON, ""))
    text = heard.turn.text.strip()
    if text in said or answers.word_count(text) < 2:
        return heard
    return Talk(answers.with_story(heard.state, heard.turn), heard.turn, heard.book)


def _find_flow(talk: Talk) -> Result:
    """Which flow the words ask for; asked where they do not say, and never more than twice."""
    wanted = _wanted(talk)
    if wanted is None and _tells_of_self(talk):
        wanted = ReferralKind.SELF.value
    if wanted is not None:
        return _open(talk, wanted)
    if talk.state.filed:
        return _told_more(talk)
    if talk.in_danger:
        return ask(talk)
    if _HANDED_OVER in talk.state.told:
        return talk.state, (Say("noted"),)
    talk = _kept(talk)
    misses = talk.state.misses + 1
    if talk.step is not None and not talk.turn.media and misses >= MISSES:
        return _unclear(talk)
    unclear = talk.moved_to(misses=misses if talk.step else 0, told=_thanked(talk))
    return ask(unclear, *_lead(talk))


def _told_more(talk: Talk) -> Result:
    """After sending: what is told now goes with what was sent, and somebody hears of it."""
    told = {key: value for key, value in talk.state.held.items() if key != path.OWN_WORDS}
    words, few = talk.turn.text.strip(), answers.word_count(talk.turn.text) < _FEW
    is_nod = few and talk.turn.reading.intent in _NODS
    more: tuple[Effect, ...] = ()
    if words and not is_nod:
        wish = OpenTicket(TicketReason.TOLD_MORE, talk.at_least(Priority.ROUTINE))
        more = (AddToReferral(words[: answers.LONGEST_FIELD], told), wish)
    rest = talk.moved_to(held={})
    if talk.in_danger:
        return ask(rest, *more)
    return rest.state, (*more, Say("noted"))


def _kept(talk: Talk) -> Talk:
    """A few words that no flow was found for are kept too: they may be all there is."""
    text = talk.turn.text.strip()
    before = str(talk.state.held.get(path.OWN_WORDS, ""))
    if answers.word_count(text) < _FEW or text in before:
        return talk
    return Talk(answers.with_story(talk.state, talk.turn), talk.turn, talk.book)


def _lead(talk: Talk) -> tuple[Say, ...]:
    """What is said before it is asked whom this is about; thanks for a story only once."""
    if not talk.turn.text.strip():
        return () if talk.turn.media else (Say("no-words"),)
    if path.OWN_WORDS in talk.state.held and _THANKS not in talk.state.told:
        return (Say(_THANKS),)
    if talk.turn.reading.intent is Intent.DONT_KNOW:
        return () if talk.step else (Say(_NO_RUSH),)
    if talk.step is None:
        return ()
    told = talk.turn.reading.entities or path.OWN_WORDS in talk.state.held
    if told:
        return (Say("got-that"),)
    return (Say("cant-answer" if talk.asks else "not-understood"),)


def _thanked(talk: Talk) -> frozenset[str]:
    thanks = path.OWN_WORDS in talk.state.held and bool(talk.turn.text.strip())
    return talk.state.told | ({_THANKS} if thanks else set())


def _unclear(talk: Talk) -> Result:
    """Two answers did not tell: a person is asked for, and who speaks of themselves goes on."""
    ticket = OpenTicket(TicketReason.NOT_UNDERSTOOD, talk.at_least(Priority.CONCERN))
    handed = talk.moved_to(misses=0, told=talk.state.told | {_HANDED_OVER})
    if _is_own(talk):
        state, effects = _open(handed, ReferralKind.SELF.value, Say("going-on", keep=True))
        return state, (ticket, *effects)
    return handed.state, (ticket, Say(_HANDED_OVER, keep=True))


def _tells_of_self(talk: Talk) -> bool:
    """`they want me to`, `im stuck`: a story of the writer's own, with nobody else in it, told now
    or just before."""
    topics, held = talk.topics, talk.state.held
    before, text = str(held.get(path.OWN_WORDS, "")), talk.turn.text.strip()
    said = before if text in before else f"{before} {text}"
    worrying = path.OWN_WORDS in held and talk.turn.assessment.level > RiskLevel.NONE
    if not (worrying or answers.is_story(talk.turn) or answers.is_long(said)):
        return False
    words = {*fold(said).split()}
    relations = {one for flow in talk.book.flows.values() for one in flow.starts_on_relation}
    others = held.get(EntityName.RELATION.value) in relations or EntityName.ROLE.value in held
    alone = bool(topics.somebody_else) and words.isdisjoint(topics.somebody_else)
    own = words & {*topics.oneself} or (alone and words & {*topics.first_person})
    return bool(own) and not others and not talk.state.filed


def _is_own(talk: Talk) -> bool:
    """Whether somebody speaks of themselves: in the first person, or by facts nobody asked for."""
    if EntityName.RELATION.value in talk.state.held:
        return False
    said = f"{talk.state.held.get(path.OWN_WORDS, '')} {talk.turn.text}"
    facts = {EntityName.AGE.value, EntityName.NAME.value, EntityName.PLACE.value}
    return bool({*fold(said).split()} & {*talk.topics.first_person} or facts & {*talk.state.held})


def _wanted(talk: Talk) -> str | None:
    plain = None if talk.state.filed else about(talk)
    if plain is not None:
        return plain
    intent, held = talk.turn.reading.intent, talk.state.held
    flows = [flow for flow in talk.book.flows.values() if flow.kind is not None]
    role, relation = held.get(EntityName.ROLE.value), held.get(EntityName.RELATION.value)
    by_role = next((flow.id for flow in flows if role in flow.starts_on_role), None)
    by_relation = next((flow.id for flow in flows if relation in flow.starts_on_relation), None)
    by_intent = next((flow.id for flow in flows if intent in flow.starts_on), None)
    if intent is Intent.REFER_PROFESSIONAL and by_role is None and _is_own_relation(talk):
        by_intent = by_relation or by_intent
    if talk.state.filed:
        return by_intent if talk.turn.reading.confidence >= _SURE_OF_ANOTHER else None
    guessed, phrase = talk.turn.reading.confidence < _SURE, _by_phrase(talk)
    tells_of_both = intent is Intent.REFER_FRIEND and phrase == ReferralKind.SELF.value
    if by_intent is not None and not ((guessed and phrase) or tells_of_both):
        return by_intent
    return phrase or by_role or by_relation


def _is_own_relation(talk: Talk) -> bool:
    """`my son`, and not `her son`: whoever refers their own is no professional."""
    own, text = {*talk.topics.first_person}, talk.turn.text
    named = [one for one in talk.turn.reading.entities if one.name is EntityName.RELATION]
    said = [fold(text[: one.start]).split()[-_NEAR:] for one in named]
    said += [fold(text[one.start : one.end]).split() for one in named]
    return not own or any(own.intersection(words) for words in said)


def _by_phrase(talk: Talk) -> str | None:
    """The flow with the longest phrase in the message."""
    words = fold(talk.turn.text).split()
    found = [
        (len(phrase.split()), flow)
        for flow, phrases in talk.topics.starts.items()
        for phrase in phrases
        if flow in talk.book.flows and says(words, phrase)
    ]
    return max(found)[1] if found else None


def requested(talk: Talk) -> str | None:
    """The flow that a message asks for in so many words, whatever it asks beside."""
    intent, sure = talk.turn.reading.intent, talk.turn.reading.confidence >= _SURE
    flows = talk.book.flows.values()
    wanted = next((flow.id for flow in flows if intent in flow.starts_on), None)
    return _wanted(talk) if wanted and sure and not talk.state.filed else None


def begin(talk: Talk, flow_id: str, *before: Effect) -> Result:
    """The first open question of a flow, after `before`."""
    opened = _begun(talk, flow_id)
    return ask(opened, *before)


def _begun(talk: Talk, flow_id: str) -> Talk:
    opened = talk.moved_to(flow=flow_id, step=None, trail=(), skipped=frozenset(), misses=0)
    heard = answers.overheard(opened.flow, talk.turn, talk.topics)
    held = opened.moved_to(held={**opened.state.held, **heard})
    return Talk(path.promoted(held.state, talk.book), talk.turn, talk.book)


def _open(talk: Talk, flow_id: str, lead: Say | None = None) -> Result:
    ready = _begun(talk, flow_id)
    opens = lead or (Say(ready.flow.opens) if ready.flow.opens else None)
    first = path.next_step(ready.flow, ready.state, ready.book)
    agreement = ready.flow.agreement
    done = first is None or (agreement is not None and first.id == agreement.step)
    return ask(ready, *((opens,) if opens and not (talk.in_danger or done) else ()))
