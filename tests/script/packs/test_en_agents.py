"""English rules put together from classes of words hear agents in wording that is not theirs.

`en_agents.tsv` was written before those rules, by the same hand: what agents say, and as much that
only looks like it. What the rules made of every second line was not read while they were written.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.script.packs.judging import labels_of, rows, turns_of

TABLE = Path(__file__).with_name("en_agents.tsv")


def is_heard(row: Mapping[str, str]) -> bool:
    """Tell whether what a line of the table says gets its label."""
    turns = [*turns_of(row["before"]), f"{row['speaker']}: {row['said']}"]
    return row["label"] in labels_of(turns, "en")[-1]


@pytest.mark.parametrize("of_threats", [True, False], ids=["threats", "the rest"])
def test_agents_are_heard_and_others_are_not_accused(of_threats: bool) -> None:
    some = [row for row in rows(TABLE) if (row["label"] == "threat_or_pressure") is of_threats]
    heard = [row for row in some if is_heard(row)]
    right = sum(row["wanted"] == "yes" for row in heard)
    assert right >= 0.8 * sum(row["wanted"] == "yes" for row in some)
    assert right >= 0.88 * len(heard)
