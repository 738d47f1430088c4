"""Facts in a message: who, how old, where, when, and how it is safe to reach them.

Belongs here: finding them in a text, in the light of the question that was asked. Does not belong
here: ages and clock times (`nlu.ages`, `nlu.times`), names (`nlu.names`), the lists themselves
(`content/gazetteer`), what is done with a fact.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import re2

from nlu.ages import ages
from nlu.gazetteer import Gazetteer, shortened
from nlu.keywords import is_one_slip
from nlu.names import names, of_another
from nlu.normalise import SENTENCE, Token, normalise
from nlu.phrases import matches
from nlu.reading import Asked, Entity, EntityName
from nlu.times import times
from nlu.unlisted import unlisted

_SHORTEST_SLIP = 7
_LONGEST_SLIP = 40
"""Letters: shorter words are too often one slip from another."""
_LONGEST_PLAIN_ANSWER = 6
_LONGEST_SEARCHED = 4000
_LONGEST_LIST = 5
_AGE_IN_LIST = (8, 30)
_NEXT_WORD = 3
"""Characters between a name and what follows it."""
_REFUSALS = frozenset({"dont", "not", "never", "no", "stop", "nie", "nu", "pas", "nao"})
_BUT_FOR = "anything"
"""`anything but calling`"""
_JOINS = frozenset({"or", "and", "nor", "me", "even"})
_OWNERS = frozenset({"my", "his", "her", "their", "the", "mums", "dads"})
_SHORT_ANSWER = 3
_LONGEST_BARE = 5
_WISHES = frozenset({"me", "us", "only", "is", "best", "better", "safe", "safer", "fine", "good"})
_THIRD = frozenset({"he", "she", "they", "who", "people", "always"})
_OTHERS_DO = frozenset({"texts", "calls", "rings", "phones", "messages", "emails"})
"""What others do to the writer is no way that the writer wishes for."""
_WHOM_ELSE = frozenset(
    {"the", "an", "police", "feds", "ambulance", "999", "him", "her", "them", "my", "his"}
)
_WISH_LEADS = frozenset({"by", "on", "via", "can", "please", "pls", "just", "prefer"})
_MOMENTS = frozenset(
    {"after", "at", "on", "later", "back", "tomorrow", "tmrw", "now", "when", "before", "in"}
    | {"pls", "please", "tonight", "today", "between", "around", "about"}
)
_LIMITS = frozenset({"after", "before", "til", "till", "until", "between", "from"})
_LATEST = frozenset({("not", "after"), ("never", "after"), ("later", "than"), ("not", "past")})
_FIRST_LATE_HOUR = 7
_NOON = 12
_ROLE_LEAD = 3
_FIRST_WORDS = 15
"""Characters in which a message that opens with a role begins."""
_ROLE_LEADS = frozenset({"im", "am"})
_AFTER_ROLE = frozenset({",", "-", "\u2013", "\u2014", ":", "."})
_WISHES_TO = frozenset({"looking", "wanting", "referring", "wishing", "hoping"})
_WHERE = frozenset({"at", "from", "with"})
_OTHERS = frozenset({"my", "his", "her", "their", "not"})
_LISTED = (EntityName.SCHOOL, EntityName.PLACE)
_TOWN_AFTER = re2.compile(r"^, ([A-Z][a-z]{3,})\b")
_NO_TOWNS = frozenset(
    {"Year", "Please", "They", "This", "That", "There", "Their", "When", "Then", "What", "With"}
    | {"Thank", "Thanks", "Have", "Could", "Would", "Pupil", "Student", "Head", "Name", "Aged"}
)
"""Words that follow a comma with a capital and are no town."""
_FROM_WORDS = (
    EntityName.SCHOOL,
    EntityName.PLACE,
    EntityName.RELATION,
    EntityName.DAY,
    EntityName.TIME,
)


def find(text: str, asked: Asked | None, gazetteer: Gazetteer, today: date) -> tuple[Entity, ...]:
    """The facts in a text in order of appearance; `today` turns a date of birth into an age."""
    tokens = tuple(token for token in normalise(text[:_LONGEST_SEARCHED]) if token.word != SENTENCE)
    if not tokens:
        return ()
    expects = asked.expects if asked is not None else None
    found = list(_looked_up(tokens, expects, gazetteer))
    found = [one for one in found if not _is_in_another_town(one, text, found, gazetteer)]
    found += ages(text, tokens, expects is EntityName.AGE, gazetteer, today)
    found += times(text[:_LONGEST_SEARCHED], expects is EntityName.TIME)
    found += _contact(tokens, expects, gazetteer)
    named = list(names(text, tokens, expects is EntityName.NAME, gazetteer))
    relations = [one for one in found if one.name is EntityName.RELATION]
    found += named or of_another(text, tokens, relations, gazetteer)
    found += unlisted(text, tokens, found, gazetteer)
    roles = matches(tokens, EntityName.ROLE, gazetteer)
    found += [one for one in roles if expects is EntityName.ROLE or _is_own(one, tokens, text)]
    kept = _safe_times(_without_overlaps(found), tokens, expects)
    kept += _plain_answer(text, tokens, expects, kept, gazetteer)
    kept += _listed_age(tokens, kept, gazetteer)
    return tuple(sorted(kept, key=lambda entity: entity.start))


def _is_in_another_town(
    one: Entity, text: str, found: Sequence[Entity], gazetteer: Gazetteer
) -> bool:
    """`Highfields, Leicester`: a part of another town, and none of our schools of that name."""
    named = {token.word for token in normalise(text[one.start : one.end])}
    if one.name is not EntityName.SCHOOL or named & gazetteer.school_words:
        return False
    town = _TOWN_AFTER.match(text[one.end :])
    at = one.end + town.start(1) if town else 0
    ours = any(other.start == at for other in found if other.name in _LISTED)
    return town is not None and not ours and town.group(1) not in _NO_TOWNS


def _is_own(role: Entity, tokens: Sequence[Token], text: str) -> bool:
    """`i am the safeguarding lead`, `school nurse here`, `attendance officer at Foxford`; `his
    teacher` is not the writer's role, nor is it `teacher at my school`."""
    after = [token.word for token in tokens if token.start >= role.end][:2]
    if role.start <= _FIRST_WORDS and _opens(after, text[role.end :].lstrip()):
        return True
    before = [token.word for token in tokens if token.end <= role.start][-_ROLE_LEAD:]
    return bool(_ROLE_LEADS & set(before)) and not _OTHERS & set(before)


def _opens(after: Sequence[str], rest: str) -> bool:
    """Whether what follows a role at the beginning is what its holder would go on with."""
    if after[:1] == ["here"] or rest[:1] in _AFTER_ROLE:
        return bool(after)
    if after[:1] and after[0] in _WISHES_TO:
        return True
    return bool(after[:1]) and after[0] in _WHERE and not _OWNERS & set(after[1:2])


def _looked_up(tokens: Sequence[Token], expects: object, gazetteer: Gazetteer) -> Iterator[Entity]:
    for name in _FROM_WORDS:
        yield from matches(tokens, name, gazetteer, expects is name and len(tokens) == 1)
    for slip in _slips(tokens, gazetteer):
        if expects is slip.name or expects not in _LISTED:
            yield slip


def _slips(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[Entity]:
    for at, token in enumerate(tokens):
        for words in (tokens[at : at + 1], tokens[at : at + 2]):
            said = " ".join(word.word for word in words)
            if not _SHORTEST_SLIP <= len(said) <= _LONGEST_SLIP:
                continue
            near = {slip for left in shortened(said) for slip in gazetteer.slips.get(left, ())}
            for slip in sorted(near):
                if is_one_slip(said, slip.spelt) and said != slip.spelt:
                    yield Entity(slip.name, slip.value, token.start, words[-1].end)


def _contact(tokens: Sequence[Token], expects: object, gazetteer: Gazetteer) -> Iterator[Entity]:
    """How to reach someone: said as an answer, or as a wish ("text me", "by email"). A refusal
    goes no further than the way it is about, and those that `or` joins to it."""
    asked_for = expects in (EntityName.SAFE_CHANNEL, EntityName.SAFE_TIME)
    since, refused = 0, False
    is_bare = asked_for and len(tokens) <= _LONGEST_BARE
    for entity in matches(tokens, EntityName.SAFE_CHANNEL, gazetteer, is_bare):
        between = [t.word for t in tokens if since <= t.start and t.end <= entity.start]
        after = [token.word for token in tokens if token.start >= entity.end][:2]
        inside = [token.word for token in tokens if entity.start <= token.start < entity.end]
        since = entity.end
        goes_on = refused and bool(between) and set(between) <= _JOINS
        refused = bool(_REFUSALS & set(between[-2:])) or _BUT_FOR in between or goes_on
        is_all = len(inside) == len(tokens) and expects is not None
        if not refused and _is_way(inside, between, after, asked_for or is_all, len(tokens)):
            yield entity


def _is_way(
    inside: list[str], before: list[str], after: list[str], asked_for: bool, length: int
) -> bool:
    """`my mum checks my phone` names no way, nor do `he texts me` and `call the police`; `text me`
    does, and as an answer a bare `text`."""
    rest = (inside + after)[1:]
    is_owned = bool(_OWNERS & set(before[-1:])) and length > _SHORT_ANSWER
    if asked_for:
        return not is_owned
    is_of_others = bool(_THIRD & set(before[-1:])) or inside[0] in _OTHERS_DO
    if is_of_others or _WHOM_ELSE & set(rest[:1]):
        return False
    is_wish = bool(_WISHES & set(rest[:1])) or bool(_WISH_LEADS & set(before[-1:]))
    is_name = rest[:1] == ["me"] and inside[0] == "call" and _goes_on_with_name(rest[1:2])
    return is_wish and not is_name and not is_owned


def _goes_on_with_name(rest: list[str]) -> bool:
    return bool(rest) and rest[0] not in _MOMENTS and not rest[0].isdigit()


def _without_overlaps(found: list[Entity]) -> list[Entity]:
    """Of two readings of the same words the longer stays; the same fact is told once."""
    kept: list[Entity] = []
    for entity in sorted(found, key=lambda entity: entity.start - entity.end):
        if not any(_clash(entity, other) for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)


def _clash(one: Entity, two: Entity) -> bool:
    if one.end <= two.start or two.end <= one.start:
        return False
    is_both = {one.name, two.name} == {EntityName.PLACE, EntityName.SCHOOL}
    return not is_both or (one.start, one.end) != (two.start, two.end)


def _safe_times(kept: list[Entity], tokens: Sequence[Token], expects: object) -> list[Entity]:
    """Days and times said about contact are when it is safe."""
    is_contact = expects is EntityName.SAFE_TIME or any(
        entity.name is EntityName.SAFE_CHANNEL for entity in kept
    )
    moments = [entity for entity in kept if entity.name in (EntityName.DAY, EntityName.TIME)]
    if not is_contact or not moments:
        return kept
    first = min(entity.start for entity in moments)
    lead = [token.word for token in tokens if token.end <= first][-2:]
    limit = " ".join(lead) if tuple(lead) in _LATEST else " ".join(set(lead[-1:]) & _LIMITS)
    said = " ".join(
        _late(str(m.value)) if tuple(lead) in _LATEST else str(m.value) for m in moments
    )
    value = f"{limit} {said}".strip()
    others = [entity for entity in kept if entity not in moments]
    return [*others, Entity(EntityName.SAFE_TIME, value, first, max(m.end for m in moments))]


def _says_more(tokens: Sequence[Token], kept: list[Entity]) -> bool:
    """Whether any word, numbers and the like aside, is part of no fact."""
    return any(
        not token.word.isdigit()
        and token.word not in _MOMENTS
        and not any(entity.start <= token.start < entity.end for entity in kept)
        for token in tokens
    )


def _listed_age(
    tokens: Sequence[Token], kept: list[Entity], gazetteer: Gazetteer
) -> Iterator[Entity]:
    """`Mason. 15. Willenhall`, `im Amir 15 from Tile Hill`: a bare number among other facts."""
    told = {entity.name for entity in kept}
    after_name = [entity.end for entity in kept if entity.name is EntityName.NAME]
    is_list = EntityName.PLACE in told and len(tokens) <= _LONGEST_LIST
    if EntityName.AGE in told or EntityName.TIME in told or not (is_list or after_name):
        return
    for token, following in zip(tokens, (*tokens[1:], None), strict=True):
        counts = following is not None and following.word in gazetteer.age_not_after
        is_age = token.word.isdigit() and _AGE_IN_LIST[0] <= int(token.word) <= _AGE_IN_LIST[1]
        follows = any(0 < token.start - end <= _NEXT_WORD for end in after_name)
        if is_age and not counts and (is_list or follows):
            yield Entity(EntityName.AGE, int(token.word), token.start, token.end)
            return


def _late(clock: str) -> str:
    """`not after 9` is said of the evening."""
    hour, _, minutes = clock.partition(":")
    is_evening = hour.isdigit() and _FIRST_LATE_HOUR <= int(hour) < _NOON
    return f"{int(hour) + _NOON}:{minutes}" if is_evening else clock


def _plain_answer(
    text: str,
    tokens: Sequence[Token],
    expects: object,
    kept: list[Entity],
    gazetteer: Gazetteer,
) -> list[Entity]:
    """A short answer that no list knows is taken as it was written."""
    if expects not in (EntityName.PLACE, EntityName.SCHOOL, EntityName.SAFE_TIME):
        return []
    words = {token.word for token in tokens}
    known = any(entity.name is expects for entity in kept)
    if expects is not EntityName.SAFE_TIME and kept and not _says_more(tokens, kept):
        return []
    if known or len(tokens) > _LONGEST_PLAIN_ANSWER or words & gazetteer.not_names:
        return []
    start, end = tokens[0].start, tokens[-1].end
    name = EntityName(str(expects))
    return [Entity(name, text[start:end], start, end)]
