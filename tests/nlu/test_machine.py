"""The learner inside Rasa's environment, tried with Rasa's own interpreter."""

import json
import subprocess

import pytest

from nlu import rasa_server

LEAVE_ONE_OUT = """
import json
import numpy as np
from components.grams import grams
from components.machine import fit

texts = ["he has a knife", "hello there", "hiya mate", "they have knives", "see you later", "bye"]
labels = [["danger"], [], [], ["danger"], [], []]
dense = np.random.default_rng(7).normal(size=(len(texts), 16))
sparse = grams(texts)
whole = fit(dense, sparse, labels, ("danger",))
rest = [[i for i in range(len(texts)) if i != out] for out in range(len(texts))]
refitted = [
    fit(dense[kept], sparse[kept], [labels[i] for i in kept], ("danger",)).machine.scores(
        dense[[out]], sparse[[out]]
    )[0, 0]
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
