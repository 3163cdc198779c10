"""The judges that a pack brings are taught by the scenes and by the odd calls of every table."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from callcoach.archive.datasets.read import read_dataset
from callcoach.call.evaluate.gold import LabelledCall
from models.build_judges import teaching_calls
from tests.script.packs import halves

CALLS = Path(halves.__file__).parent
SCENES = CALLS / "scenes"
MEASURING = frozenset(("en_sixth.tsv", "zh_sixth.tsv"))
"""Tables that teach nothing at all."""


@cache
def teaching() -> Sequence[LabelledCall]:
    """Return the calls that teach."""
    return tuple(teaching_calls())


def calls_of(place: Path) -> list[LabelledCall]:
    """Return the calls of a table, or of all the tables of a folder."""
    return [call for dataset in read_dataset(place) for call in dataset.calls]


def test_every_scene_teaches_and_every_odd_call_of_a_table_of_calls() -> None:
    tables = {call.origin for call in teaching()}
    scenes = {file.name for file in SCENES.iterdir()}
    assert scenes < tables
    expected = [
        call
        for name in tables - scenes
        for call in calls_of(CALLS / name)
        if halves.number(call) % 2
    ]
    expected += calls_of(SCENES)
    assert {call.key for call in teaching()} == {call.key for call in expected}
    assert len(teaching()) == len(expected)


def test_what_measures_does_not_teach() -> None:
    """Nor does a whole call of it that lies in a table of other calls."""
    tables = {call.origin for call in teaching()} - {file.name for file in SCENES.iterdir()}
    taught = {words(call) for call in teaching()}
    measuring = [
        call
        for name in sorted(tables | MEASURING)
        for call in calls_of(CALLS / name)
        if halves.number(call) % 2 == 0 or name in MEASURING
    ]
    assert len(measuring) > len(MEASURING) * 50
    assert not MEASURING & tables
    assert [call.key for call in measuring if words(call) in taught] == []


def words(call: LabelledCall) -> tuple[str, ...]:
    """Return what is said in a call."""
    return tuple(one.text for one in call.utterances)
