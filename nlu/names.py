"""A person's name, given as an answer or offered ("my name is").

Belongs here: where in a text a name stands. Does not belong here: guessing names that nobody
gave, a list of names.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from nlu.gazetteer import Gazetteer
from nlu.normalise import Token
from nlu.phrases import matches
from nlu.reading import Entity, EntityName

_MOST_WORDS = 3
_LONGEST_LEAD = 5
_LONGEST_ANSWER = 7
"""Words of an answer that begins with a name and tells more."""
_OWN_LEADS = frozenset(
    {("im",), ("i", "am"), ("its",), ("this", "is"), ("hi", "im"), ("hi", "its")}
)
_BEFORE_AGES = frozenset(
    {"about", "around", "roughly", "now", "still", "only", "just", "nearly", "almost", "turning"}
    | {"year", "yr", "aged", "age", "like", "over", "under", "actually", "currently", "not", "been"}
)
_TRAILS = (("is", "my", "name"), ("is", "his", "name"), ("is", "her", "name"), ("here",))
"""What may stand after a name that comes first."""
_SAID_OF = frozenset(
    {"this", "that", "for", "about", "is", "called", "named", "name", "names", "the", "a", "its"}
    | {"hes", "shes"}
)
"""What may stand around somebody's relation before their name: `the pupil is`."""
_FACTS = (EntityName.PLACE, EntityName.ROLE, EntityName.RELATION, EntityName.SCHOOL)
_AFTER_AGES = frozenset({"from", "in", "and", "at", "im", "yo", "yr", "yrs", "years", "year", "y"})
_I_AM = frozenset({"hoon", "hun", "hu", "haan", "han", "aan", "ha"})
"""The end of `main bilal hoon`: I am Bilal, in Urdu and Panjabi."""
_HE_OR_SHE = frozenset({"he", "she", "hes", "shes"})
_KNOWN = (EntityName.PLACE, EntityName.DAY, EntityName.TIME, EntityName.SCHOOL, EntityName.ROLE)
_CLOSE = 2
"""Characters between who somebody is and their name."""
_JOINTS = frozenset("'\u2019-")


def names(
    text: str, tokens: Sequence[Token], is_asked: bool, gazetteer: Gazetteer
) -> Iterator[Entity]:
    """The name in a text, at most one, as written but for a capital at each part."""
    start = _asked(text, tokens, gazetteer) if is_asked else _offered(tokens, gazetteer)
    if start is None:
        start = _before_age(tokens, gazetteer) or _after_call_me(tokens, gazetteer)
    if start is None:
        return
    told = _to_comma(text, tokens[start:]) if is_asked else tokens[start:]
    words = _name_words(told, gazetteer, is_asked)
    if words:
        first, last = words[0].start, words[-1].end
        yield Entity(EntityName.NAME, _capitalised(text[first:last]), first, last)


def _offered(tokens: Sequence[Token], gazetteer: Gazetteer) -> int | None:
    return _after_lead(tokens, gazetteer.name_leads_unasked)


def of_another(
    text: str, tokens: Sequence[Token], relations: Sequence[Entity], gazetteer: Gazetteer
) -> Iterator[Entity]:
    """`my son jay he is 15`, `a Year 9 pupil, Tyler`: the word at once after who somebody is,
    where it has a capital of its own or goes on with he or she. At most one."""
    for relation in relations:
        after = [token for token in tokens if token.start >= relation.end]
        words = _name_words(_to_comma(text, after[:_MOST_WORDS]), gazetteer, True)[:1]
        if not words or words[0].start - relation.end > _CLOSE or not words[0].word.isalpha():
            continue
        name, rest = words[0], [token.word for token in after[1:2]]
        has_capital = text[name.start : name.start + 2].istitle()
        if (has_capital or (rest and rest[0] in _HE_OR_SHE)) and not _is_known(name, gazetteer):
            yield Entity(
                EntityName.NAME, _capitalised(text[name.start : name.end]), name.start, name.end
            )
            return


def _is_known(token: Token, gazetteer: Gazetteer) -> bool:
    """A place, a day or the like, and no name."""
    return any(True for name in _KNOWN for _ in matches((token,), name, gazetteer))


def _asked(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> int | None:
    """Where the answer to `what is your name` begins."""
    first = _after_fillers(tokens, gazetteer)
    start = _after_relation(text, tokens, first, gazetteer)
    if start is not None:
        return start
    words = tuple(token.word for token in tokens)
    if any(words[-len(trail) :] == trail and len(words) > len(trail) for trail in _TRAILS):
        return first
    if words[0] == "main" and words[-1] in _I_AM and len(words) <= _MOST_WORDS + 1:
        return 1
    is_brief = len(tokens) <= _LONGEST_ANSWER
    start = _after_lead(tokens, gazetteer.name_leads_brief if is_brief else gazetteer.name_leads)
    if start is not None and _name_words(tokens[start:], gazetteer, True):
        return start
    is_short = len(tokens) - first <= _MOST_WORDS
    return first if is_short or _goes_on_with_facts(text, tokens, first, gazetteer) else None


def _after_fillers(tokens: Sequence[Token], gazetteer: Gazetteer) -> int:
    """`ok`, `yh its`: nothing of a name, unless there is nothing else."""
    at = 0
    while at < len(tokens) - 1 and tokens[at].word in gazetteer.name_fillers:
        at += 1
    return at


def _after_relation(
    text: str, tokens: Sequence[Token], first: int, gazetteer: Gazetteer
) -> int | None:
    """`my brother reece`, `the pupil is Tyler`, `my daughters called ola`."""
    at = first
    while at < len(tokens) and tokens[at].word in _SAID_OF:
        at += 1
    phrases, longest = gazetteer.phrases[EntityName.RELATION], _LONGEST_LEAD
    for length in range(min(longest, len(tokens) - at), 0, -1):
        said = tuple(token.word for token in tokens[at : at + length])
        one = (*said[:-1], said[-1].removesuffix("s"))
        if said in phrases or one in phrases:
            at += length
            break
    else:
        return None
    while at < len(tokens) and tokens[at].word in _SAID_OF:
        at += 1
    named = _name_words(_to_comma(text, tokens[at:]), gazetteer, True)
    rest = tokens[at + len(named) :]
    has_comma = bool(named and rest) and "," in text[named[-1].end : rest[0].start]
    ends = not rest or (has_comma and len(tokens) <= _LONGEST_ANSWER)
    return at if 0 < len(named) < _MOST_WORDS and (ends or rest[0].word.isdecimal()) else None


def _goes_on_with_facts(
    text: str, tokens: Sequence[Token], first: int, gazetteer: Gazetteer
) -> bool:
    """`jordan 15 from hillfields`, `Miss Adeyemi, head of year`: one or two words, then at once
    an age, or a comma and something known."""
    words = _name_words(_to_comma(text, tokens[first:]), gazetteer, True)
    rest = tokens[first + len(words) :]
    if not 0 < len(words) < _MOST_WORDS or not rest or len(tokens) > _LONGEST_ANSWER or "?" in text:
        return False
    at = int(rest[0].word == "im")
    goes_on = [token.word for token in rest[at + 1 : at + 2]]
    is_age = any(token.word.isdecimal() for token in rest[at : at + 1]) and (
        not goes_on or goes_on[0] in _AFTER_AGES
    )
    has_comma = "," in text[words[-1].end : rest[0].start]
    known = any(True for name in _FACTS for _ in matches(rest, name, gazetteer))
    return is_age or (has_comma and known)


def _to_comma(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    for place, (one, two) in enumerate(pairwise(tokens), start=1):
        if "," in text[one.end : two.start]:
            return tokens[:place]
    return tokens


def _after_lead(tokens: Sequence[Token], leads: frozenset[tuple[str, ...]]) -> int | None:
    """The word after the longest lead that stands earliest."""
    begins = _first_words(leads)
    for at, token in enumerate(tokens):
        if token.word not in begins:
            continue
        for length in range(_LONGEST_LEAD, 0, -1):
            if tuple(token.word for token in tokens[at : at + length]) in leads:
                return at + length
    return None


@lru_cache(maxsize=8)
def _first_words(leads: frozenset[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(lead[0] for lead in leads)


def _before_age(tokens: Sequence[Token], gazetteer: Gazetteer) -> int | None:
    """`im amir 15`: one word between a lead and a number of one's years."""
    for at in range(1, len(tokens) - 1):
        word, following = tokens[at].word, tokens[at + 1].word
        is_age = following.isdigit() and len(following) == 2
        if not is_age:
            continue
        leads = {tuple(token.word for token in tokens[max(0, at - n) : at]) for n in (1, 2)}
        known = word in _BEFORE_AGES or word in gazetteer.name_stops or word in gazetteer.numbers
        if leads & _OWN_LEADS and not known and word.isalpha():
            return at
    return None


def _after_call_me(tokens: Sequence[Token], gazetteer: Gazetteer) -> int | None:
    """`call me ty` and nothing after it; `call me later` is no name."""
    words = [token.word for token in tokens]
    if len(words) > _MOST_WORDS + 2 or words[-3:-1] != ["call", "me"]:
        return None
    known = words[-1] in gazetteer.name_stops or words[-1] in gazetteer.not_names
    moments = {*gazetteer.phrases[EntityName.DAY], *gazetteer.phrases[EntityName.TIME]}
    return None if known or (words[-1],) in moments else len(words) - 1


def _name_words(tokens: Sequence[Token], gazetteer: Gazetteer, is_asked: bool) -> Sequence[Token]:
    words: list[Token] = []
    for token in tokens:
        is_name = not any(char.isdigit() for char in token.word)
        if token.word in gazetteer.name_stops or not is_name or len(words) == _MOST_WORDS:
            break
        words.append(token)
    never = gazetteer.not_names | gazetteer.no_name_words if is_asked else gazetteer.not_names
    return () if any(word.word in never for word in words) else words


def _capitalised(name: str) -> str:
    """A capital where a part of two letters or more begins, and at the beginning."""
    line = " ".join(name.split())
    return "".join(char.upper() if _begins_part(line, at) else char for at, char in enumerate(line))


def _begins_part(line: str, at: int) -> bool:
    if not at or line[at - 1] == " ":
        return True
    return line[at - 1] in _JOINTS and line[at + 1 : at + 2].isalpha()
