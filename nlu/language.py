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
_SURE_MARGIN = 4.0
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class _Model:
    weights: Mapping[Language, Mapping[str, float]]
    unseen: Mapping[Language, float]

    def scores(self, text: str) -> dict[Language, float]:
        features = _features(text)
        return {
            language: sum(
                count * own.get(feature, self.unseen[language])
                for feature, count in features.items()
            )
            for language, own in self.weights.items()
        }


def tell(text: str) -> tuple[Language, bool]:
    """The language and whether that is sure; English, unsure, when the text does not tell."""
    scripted = _by_script(text)
    if scripted is not None:
        return scripted, True
    latin = _plain(text)
    if sum(char.isalpha() for char in latin) < 2:
        return Language.EN, False
    scores = _model().scores(latin)
    for language, confidence in _lingua_scores(latin).items():
        scores[language] += _LINGUA_WEIGHT * math.log(max(confidence, 0.02))
    scores[Language.EN] += _ENGLISH_FAVOUR
    ranked = sorted(scores, key=lambda language: -scores[language])
    if scores[ranked[0]] - scores[Language.EN] < _ENGLISH_DOUBT:
        return Language.EN, ranked[0] is Language.EN and _margin(scores, ranked) > _SURE_MARGIN
    return ranked[0], _margin(scores, ranked) > _SURE_MARGIN


def _margin(scores: Mapping[Language, float], ranked: list[Language]) -> float:
    return scores[ranked[0]] - scores[ranked[1]]


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


def _features(text: str) -> Counter[str]:
    features: Counter[str] = Counter()
    for word in text.split():
        padded = f" {word} "
        features[f"={word}"] += 2
        for order in _ORDERS:
            for at in range(len(padded) - order + 1):
                features[padded[at : at + order]] += 1
    return features


@lru_cache(maxsize=1)
def _model() -> _Model:
    counts: dict[Language, Counter[str]] = defaultdict(Counter)
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("\t")
        counts[Language(name)].update(_features(_plain(text)))
    size = len({feature for own in counts.values() for feature in own})
    weights, unseen = {}, {}
    for language, own in counts.items():
        total = math.log(sum(own.values()) + _SMOOTHING * size)
        weights[language] = {
            feature: math.log(count + _SMOOTHING) - total for feature, count in own.items()
        }
        unseen[language] = math.log(_SMOOTHING) - total
    return _Model(weights, unseen)


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
