"""The language of a short text.

Belongs here: rules by script, and a small character model for Latin letters that knows the
romanised languages no library knows, with lingua beside it. Does not belong here: what to say in
which language, a person's chosen language.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

from nlu.reading import Language

SAMPLES = Path(__file__).with_name("language_samples.txt")

_LINGUA = {
    Language.EN: LinguaLanguage.ENGLISH,
    Language.PL: LinguaLanguage.POLISH,
    Language.RO: LinguaLanguage.ROMANIAN,
    Language.SO: LinguaLanguage.SOMALI,
    Language.FR: LinguaLanguage.FRENCH,
    Language.PT: LinguaLanguage.PORTUGUESE,
}
_SCRIPTS = (
    (Language.PA, 0x0A00, 0x0A7F),
    (Language.GU, 0x0A80, 0x0AFF),
    (Language.TA, 0x0B80, 0x0BFF),
    (Language.TI, 0x1200, 0x139F),
    (Language.AR, 0x0600, 0x06FF),
    (Language.AR, 0x0750, 0x077F),
    (Language.AR, 0xFB50, 0xFDFF),
    (Language.AR, 0xFE70, 0xFEFE),
)
_URDU_LETTERS = frozenset("ٹڈڑںےہھچپگکیۓژ")
_ARABIC_LETTERS = frozenset("ةىكأإؤئي")
_ORDERS = (1, 2, 3, 4)
_SMOOTHING = 0.3
_ENGLISH_FAVOUR = 2.5
_ENGLISH_DOUBT = 1.0
_LINGUA_WEIGHT = 3.0
_LINGUA_LEAST = 0.02
_LINGUA_REACH = -_LINGUA_WEIGHT * math.log(_LINGUA_LEAST)
"""The most that lingua can bring two languages nearer: past it there is no need to ask."""
_SURE_MARGIN = 4.0
_LONGEST = 600
_FOREIGN = 40.0
"""So far behind, a language is out of the question: of signals that a book raised on text of its
own language none was further than 30, of those on another language's text three in four were."""
ARABIC_SCRIPT = frozenset({Language.AR, Language.UR})
_SISTERS = frozenset({Language.UR_LATN, Language.PA_LATN})
_URDU_ALONE = frozenset("ٹڈڑےہںھ")
_ARABIC_ALONE = frozenset("ةأإى")
_LETTERS_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class _Model:
    """`weights`: log likelihoods of a feature, one for each of `languages`."""

    languages: tuple[Language, ...]
    weights: Mapping[str, tuple[float, ...]]
    unseen: tuple[float, ...]

    def of_word(self, word: str) -> tuple[float, ...]:
        """A text is scored word by word: no feature reaches over a space."""
        found = [
            [count * weight for weight in self.weights.get(feature, self.unseen)]
            for feature, count in _features(word).items()
        ]
        return tuple(map(sum, zip(*found, strict=True)))


def tell(text: str) -> tuple[Language, bool]:
    """The language and whether that is sure; English, unsure, when the text does not tell."""
    scripted = _by_script(text)
    if scripted is not None:
        return scripted, True
    latin = _plain(text)
    if sum(map(len, latin.split())) < 2:
        return Language.EN, False
    scores = _scores(latin)
    if _margin(scores) < _LINGUA_REACH + _SURE_MARGIN:
        for language, confidence in _lingua_scores(latin).items():
            scores[language] += _LINGUA_WEIGHT * math.log(max(confidence, _LINGUA_LEAST))
    best = max(scores, key=lambda language: scores[language])
    sure = _margin(scores) > _SURE_MARGIN
    if scores[best] - scores[Language.EN] < _ENGLISH_DOUBT:
        return Language.EN, best is Language.EN and sure
    return best, sure


def may_be(text: str, language: Language) -> bool:
    """Whether some words may be in a language: only what is plainly another's is not. A word or
    two that many languages share may be in any of them."""
    if language in ARABIC_SCRIPT:
        own, other = (
            (_ARABIC_ALONE, _URDU_ALONE)
            if language is Language.AR
            else (_URDU_ALONE, _ARABIC_ALONE)
        )
        others = sum(char in other for char in text)
        return others < _LETTERS_ENOUGH or any(char in own for char in text)
    if language not in _model().languages:
        return True
    scores = _scores(_plain(text))
    mine = max(scores[each] for each in (_SISTERS if language in _SISTERS else {language}))
    return max(scores.values()) - mine < _FOREIGN


def leans_to(text: str, language: Language) -> bool:
    """Whether words are likelier in a language than in English: a few words of Polish among
    English ones are Polish."""
    if language not in _model().languages:
        return True
    scores = _scores(_plain(text))
    return scores[language] >= scores[Language.EN]


def _scores(latin: str) -> dict[Language, float]:
    by_word = [_word_scores(word) for word in latin.split()]
    sums = map(sum, zip(*by_word, strict=True))
    scores: dict[Language, float] = dict(zip(_model().languages, sums, strict=True))
    scores[Language.EN] += _ENGLISH_FAVOUR
    return scores


@lru_cache(maxsize=4096)
def _word_scores(word: str) -> tuple[float, ...]:
    return _model().of_word(word)


def _margin(scores: Mapping[Language, float]) -> float:
    """How far the best is ahead of the next."""
    first, second = sorted(scores.values(), reverse=True)[:2]
    return first - second


def _by_script(text: str) -> Language | None:
    """The language of the script that most letters are in; None for Latin and other scripts."""
    counts: Counter[Language | None] = Counter(
        _script_of(char) for char in text[:_LONGEST] if char.isalpha()
    )
    if not counts:
        return None
    scripted = [(count, lang) for lang, count in counts.items() if lang is not None]
    if not scripted or max(count for count, _ in scripted) * 2 < sum(counts.values()):
        return None
    found = max(scripted, key=lambda pair: pair[0])[1]
    return _arabic_or_urdu(text) if found is Language.AR else found


def _script_of(char: str) -> Language | None:
    code = ord(char)
    if code < 0x0600:
        return None
    return next((lang for lang, first, last in _SCRIPTS if first <= code <= last), None)


def _arabic_or_urdu(text: str) -> Language:
    urdu = sum(char in _URDU_LETTERS for char in text)
    arabic = sum(char in _ARABIC_LETTERS for char in text)
    return Language.UR if urdu > arabic else Language.AR


def _plain(text: str) -> str:
    kept = (char if char.isalpha() else " " for char in text[:_LONGEST].casefold() if char != "'")
    return " ".join("".join(kept).split())


def _features(word: str) -> Counter[str]:
    """The word itself, twice, and every run of one to four of its letters and its two ends."""
    padded = f" {word} "
    features = Counter(
        padded[at : at + order] for order in _ORDERS for at in range(len(padded) - order + 1)
    )
    features[f"={word}"] += 2
    return features


@lru_cache(maxsize=1)
def _model() -> _Model:
    counts: dict[Language, Counter[str]] = defaultdict(Counter)
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("\t")
        for word in _plain(text).split():
            counts[Language(name)].update(_features(word))
    known = {feature for own in counts.values() for feature in own}
    totals = [math.log(sum(own.values()) + _SMOOTHING * len(known)) for own in counts.values()]
    weights = {
        feature: tuple(
            math.log(own[feature] + _SMOOTHING) - total
            for own, total in zip(counts.values(), totals, strict=True)
        )
        for feature in known
    }
    unseen = tuple(math.log(_SMOOTHING) - total for total in totals)
    return _Model(tuple(counts), weights, unseen)


@lru_cache(maxsize=1)
def _lingua() -> LanguageDetector:
    return (
        LanguageDetectorBuilder.from_languages(*_LINGUA.values())
        .with_low_accuracy_mode()
        .with_preloaded_language_models()
        .build()
    )


def _lingua_scores(text: str) -> dict[Language, float]:
    """Lingua's confidence in each language it knows; romanised ones get its middling value."""
    known = {
        value.language: value.value for value in _lingua().compute_language_confidence_values(text)
    }
    scores = {language: known[own] for language, own in _LINGUA.items()}
    middling = 1 / len(scores)
    return scores | {Language.UR_LATN: middling, Language.PA_LATN: middling}
