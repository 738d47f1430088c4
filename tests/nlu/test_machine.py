"""The learner inside Rasa's environment, tried with Rasa's own interpreter."""

import json
import subprocess

import pytest

from nlu import rasa_server

LEAVE_ONE_OUT = """
import json
import numpy as np
from components.grams import grams
from components.machine import Settings, fit

texts = ["he has a knife", "hello there", "hiya mate", "they have knives", "see you later", "bye"]
labels = [["danger"], [], [], ["danger"], [], []]
dense = np.random.default_rng(7).normal(size=(len(texts), 16))
sparse = grams(texts)
settings = Settings(deepest=0.75, closeness=1.0, spelling=0.2, ridge=0.1)
whole = fit(dense, sparse, labels, ("danger",), settings)
rest = [[i for i in range(len(texts)) if i != out] for out in range(len(texts))]
refitted = [
    fit(
        dense[kept], sparse[kept], [labels[i] for i in kept], ("danger",), settings
    ).machine.scores(dense[[out]], sparse[[out]])[0, 0]
    for out, kept in enumerate(rest)
]
seen = whole.machine.scores(dense, sparse)[:, 0]
print(json.dumps([whole.unseen[:, 0].tolist(), [float(x) for x in refitted], seen.tolist()]))
"""


def in_rasas_environment(program: str) -> list[list[float]]:
    python = rasa_server.python()
    if not python.exists():
        pytest.fail("Rasa's environment is not made: `make run` makes it")
    done = subprocess.run(
        [str(python), "-c", program],
        cwd=rasa_server.PROJECT,
        env={"PYTHONPATH": str(rasa_server.PROJECT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[float]] = json.loads(done.stdout)
    return found


@pytest.mark.edge
def test_a_left_out_score_is_that_of_a_machine_that_never_saw_the_text() -> None:
    """What thresholds are chosen on equals fitting again without each example, in its turn."""
    unseen, refitted, seen = in_rasas_environment(LEAVE_ONE_OUT)
    assert unseen == pytest.approx(refitted, abs=1e-3)
    assert unseen != pytest.approx(seen, abs=0.05)


CHOSEN = """
import json
import numpy as np
from components.grams import grams
from components.machine import Settings, fit

chance = np.random.default_rng(7)
names = ["one", "two"] * 30
labels = [[name] for name in names]
sparse = grams([str(place) for place in range(len(names))])
telling = np.where(np.array(names)[:, None] == "one", 1.0, -1.0) + chance.normal(size=(60, 8))
nothing = chance.normal(size=(60, 8))
unit = lambda rows: rows / np.linalg.norm(rows, axis=1, keepdims=True)
chosen = [
    fit(np.hstack([unit(first), unit(last)]), sparse, labels, ("one", "two"), given)
    for first, last in ((nothing, telling), (telling, telling))
    for given in (None, None, Settings())
]
truth = np.where(np.array(names)[:, None] == ["one", "two"], 1.0, -1.0)
wrong = [float(np.square(found.unseen - truth).mean()) for found in chosen]
print(json.dumps([[found.machine.settings.deepest for found in chosen], wrong]))
"""


@pytest.mark.edge
def test_a_machine_chooses_the_settings_that_serve_its_own_examples_best() -> None:
    """A depth that says nothing gets no share; the choice is never worse than the usual settings on
    texts left out, and the same each time."""
    deepest, wrong = in_rasas_environment(CHOSEN)
    assert deepest[0] == 1.0
    assert deepest[0] == deepest[1]
    assert deepest[3] == deepest[4]
    assert wrong[0] < wrong[2]
    assert wrong[3] <= wrong[5] + 1e-6


DEPTHS_APART = """
import json
import numpy as np
from components.encoder import centred

read = np.random.default_rng(7).normal(size=(5, 2, 3)) + 4.0
rows = centred(read, read.mean(axis=0))
lengths = np.linalg.norm(rows.reshape(5, 2, 3), axis=2)
shifted = centred(read + 9.0, read.mean(axis=0) + 9.0)
print(json.dumps([lengths.ravel().tolist(), rows.ravel().tolist(), shifted.ravel().tolist()]))
"""


@pytest.mark.edge
def test_each_depth_weighs_the_same_and_what_all_texts_share_weighs_nothing() -> None:
    """Every depth has length one without the mean; moving all texts alike changes nothing."""
    lengths, rows, shifted = in_rasas_environment(DEPTHS_APART)
    assert lengths == pytest.approx([1.0] * 10)
    assert shifted == pytest.approx(rows, abs=1e-6)


RARE_WORDS = """
import json
import numpy as np
from components.grams import CHARACTER_BITS, grams, rarities, weighted

texts = ["my mate owes money", "my mum", "my mate", ""]
plain = grams(texts)
rare = weighted(plain, rarities(plain))
common = weighted(plain, np.ones(plain.shape[1], np.float32))
split = 2**CHARACTER_BITS
pieces = [half for row in rare[:2] for half in (row[:, :split], row[:, split:])]
halves = [float(half.power(2).sum()) for half in pieces]
alike = lambda rows, one, other: float((rows[one] @ rows[other].T).sum())
print(json.dumps([halves, [alike(plain, 0, 1), alike(rare, 0, 1)], [abs(common - plain).max()]]))
"""


@pytest.mark.edge
def test_what_every_text_has_makes_two_texts_less_alike_than_what_few_have() -> None:
    """Each half of a row keeps length one; sharing only a common word counts for less; without
    rarities nothing changes."""
    halves, (plain, rare), (changed,) = in_rasas_environment(RARE_WORDS)
    assert halves == pytest.approx([1.0] * 4, abs=1e-5)
    assert rare < plain
    assert changed == pytest.approx(0.0, abs=1e-6)
