"""After which layers the encoder is read, and where it lies.

Belongs here: what the building of the encoder and its running have to agree on. Does not belong
here: either of them.
"""

from pathlib import Path

DEPTHS = (7, 12)
"""Layers counted from one. Chosen by leaving one training text out and on the development set: see
`nlu/README.md`."""
MODEL = Path(__file__).resolve().parent.parent / "encoder" / "e5-small-depths-int8.onnx"
