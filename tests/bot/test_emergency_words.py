"""Everyday danger in everyday words: the emergency words must be about that danger."""

import re
from pathlib import Path

import pytest

from bot.dialogue.lookups import People
from bot.dialogue.turn import Say
from bot.rules.safety import Standing, assess, guard, words_kind
from nlu.lexicon import hear
from nlu.lexicon_files import load_risk_book
from nlu.reader import Heard, combine
from nlu.reading import Reading, Risk, RiskCategory, RiskLevel, Signal, Source

BOOK = load_risk_book(Path(__file__).resolve().parents[2] / "content")

# A kind of words after each group; "a/b" where either is right for who wrote it.
TOLD = """
threat_from_others
  he is going to kill me tonight
  they tried to kill me
  he tried to kill me today
  please help he wants to kill me now
  my dad says he will kill me tonight
  they said they will kill me if i dont pay
  my ex says hes gonna kill me
  someone is trying to kill me
  he will kill my mum when he gets back
  somebody shouted they would kill us later
  they are going to stab me after school
  a boy keeps saying he will stab me
  some boys are chasing me through the park
  theres lads outside my house shouting my name
weapon
  he has a gun to my head
  a man is pointing a gun at us
weapon/threat_from_others
  a boy showed me a gun in his bag at school
  he has a knife and is outside my house now
  theyre outside my house with knives
  theres a boy at school with a machete right now
missing_or_held
  he has locked me in the flat
  they wont let me leave the bando
  my daughter has gone missing and her phone is off
  they took my brother in a van
  i am tied up in a basement
  they have my brother and want two grand or they hurt him
  a man put me in his car and i dont know where we are going
harm_to_others
  i am going to stab him tomorrow
  i am going to kill her tomorrow
  i want to kill him
  tonight i will kill my stepdad
  i cant stop thinking about stabbing him
  im gonna shoot that boy on sight
  we are going to ride on them tonight
  i will kill her if she comes near me
  i have a knife and im waiting for him
  my son has a knife and has gone out to find them
  my brother has gone to find him he will kill him
self_harm
  i want to kill myself
  i feel like killing myself now
  im going to kill myself tonight
  i tried to kill myself today
  i wanna die tonight
  i have taken all my pills
  im on the bridge and i want to jump
  i dont want to be alive anymore
  my daughter says she is going to kill herself
  my mate wants to kill herself tonight
  i just cut my wrists
  ive got a rope and im going to do it tonight
injury
  i have been stabbed
  my mate has been stabbed and he is bleeding everywhere
  my brother got shot and they are still outside
  he isnt breathing
  theres blood everywhere and she wont wake up
home_unsafe
  i can hear my mum screaming downstairs
  stepdad is kicking off again hiding with my sister
  my dad beats me when he drinks
home_unsafe/threat_from_others
  my dad is hitting my mum right now
  he is hitting me right now
criminal_exploitation
  they make me hold a package for them
  he comes home with new trainers and cash
  people keep asking me to hold things
  they want me to do a drop and i dont know how to say no
  i owe them money and they make me sell for them
sexual_exploitation
  he makes me have sex with his mates
  my uncle tried to touch me
  he says he will leak my nudes if i dont meet him
"""


def _told() -> list[tuple[str, str]]:
    groups = re.split(r"\n(?=\S)", TOLD.strip())
    lines = [[line.strip() for line in group.splitlines()] for group in groups]
    return [(text, kinds) for kinds, *texts in lines for text in texts]


def _signal(
    category: RiskCategory,
    source: Source = "lexicon",
    level: RiskLevel = RiskLevel.IMMEDIATE,
    end: int = 10,
) -> Signal:
    return Signal(level, frozenset({category}), source, "an.entry", 0, end)


def _risk(*signals: Signal) -> Risk:
    named = frozenset(name for signal in signals for name in signal.categories)
    return Risk(max(signal.level for signal in signals), named, signals)


@pytest.mark.parametrize(("text", "kinds"), _told())
def test_the_words_are_about_the_danger_told(text: str, kinds: str) -> None:
    """Who kills whom, what is in a hand, who is kept: each is answered by its own words."""
    reading = combine(Heard(signals=hear(text, BOOK)), None, text, None)
    said = [
        effect.text
        for effect in guard((), assess(reading, Standing()), reading, People.TRYING)
        if isinstance(effect, Say) and effect.urgent
    ]
    fitting = [f"emergency-{kind.replace('_', '-')}-trying" for kind in kinds.split("/")]
    assert len(said) == 1
    assert said[0] in fitting


def test_an_older_level_of_self_harm_does_not_choose() -> None:
    """Low mood told beside a blade at the door: the words are for the blade."""
    low = _signal(RiskCategory.SELF_HARM, level=RiskLevel.HIGH)
    assert words_kind(_risk(_signal(RiskCategory.WEAPON), low)) is RiskCategory.WEAPON


def test_self_harm_at_the_level_of_the_message_always_chooses() -> None:
    """However many signals tell of something else, a life at risk by one's own hand is first."""
    others = [_signal(RiskCategory.THREAT_FROM_OTHERS, end=end) for end in (20, 30, 40)]
    assert words_kind(_risk(*others, _signal(RiskCategory.SELF_HARM))) is RiskCategory.SELF_HARM


def test_phrases_are_believed_before_the_model_at_the_same_level() -> None:
    """The model names another danger, no graver: what the words say chooses."""
    held = _signal(RiskCategory.CRIMINAL_EXPLOITATION)
    model = _signal(RiskCategory.SEXUAL_EXPLOITATION, "model", end=90)
    assert words_kind(_risk(held, model)) is RiskCategory.CRIMINAL_EXPLOITATION


def test_a_graver_model_that_names_another_danger_gets_words_that_fit_both() -> None:
    """Phrases tell of a debt, the model of suicide and at once: nothing said may be wrong."""
    debt = _signal(RiskCategory.CRIMINAL_EXPLOITATION, level=RiskLevel.HIGH)
    model = _signal(RiskCategory.SELF_HARM, "model")
    assert words_kind(_risk(debt, model)) is None


def test_a_model_alone_chooses() -> None:
    """No phrase heard danger: the model's category has the words."""
    assert words_kind(_risk(_signal(RiskCategory.SELF_HARM, "model"))) is RiskCategory.SELF_HARM


def test_of_equal_signals_the_longest_saw_who_does_what() -> None:
    """`going to hurt him` within `i am going to hurt him`: the longer knows the subject."""
    threat = _signal(RiskCategory.THREAT_FROM_OTHERS, end=17)
    harm = _signal(RiskCategory.HARM_TO_OTHERS, end=22)
    assert words_kind(_risk(threat, harm)) is RiskCategory.HARM_TO_OTHERS


def test_a_message_without_signals_goes_by_its_categories() -> None:
    """A level raised by nothing that can be pointed at still has words."""
    risk = Risk(RiskLevel.HIGH, frozenset({RiskCategory.WEAPON}))
    assert words_kind(risk) is RiskCategory.WEAPON
    assert words_kind(Reading().risk) is None
