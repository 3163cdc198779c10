"""Judges that a pack brings for its rules: linear, taught by labelled calls.

A rule says yes or no by its phrases. Where it says no, its judge weighs all that an utterance
holds, the other rules among it, and may say yes. What it weighs stands in plain words:
`call.learned` tells how these features are named. There are judges for a language where they were
better than the rules. They are good for the rules that they were taught beside; where those are
others now, these judge alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from callcoach.script.rules import RuleId
from callcoach.script.wording import Language

Whole = Annotated[int, msgspec.Meta(ge=-(1 << 31), lt=1 << 31)]
"""A number in a file of judges: as many of them add up to one that a float holds."""
FILE = "judges.json"
"""The name of the file in a pack's folder."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What one rule's judge weighs."""

    bias: float
    scale: float
    """What a weight of 1 in `weights` comes to."""
    weights: Mapping[str, Whole]
    """By feature, -127 to 127; the rule's own stands above all."""
    gain: float
    """How much better its F1 was than the rule's, on calls by writers that it was not taught by."""
    calls: Whole
    """How many it was taught by."""


Judges = Mapping[Language, Mapping[RuleId, Judge]]
"""By the language of an utterance."""
