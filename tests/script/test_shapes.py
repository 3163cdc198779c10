"""Scripts become plain values and come back as they were, to the last type."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal

import msgspec
import pytest

from callcoach.script.library import Library, shipped_folder
from callcoach.script.load import Loaded
from callcoach.script.model import PlanId, Script
from callcoach.script.plan import Plan
from callcoach.script.shapes import Shaped, shape, unshape
from tests.support import OBJECTION, load, minimal

SHIPPED = Library((shipped_folder(),))
GUARDED = minimal(
    facts={
        "owed": {"type": "money", "title": "Owed"},
        "kind": {"type": "text", "title": "Kind"},
        "late": {"type": "yes_no", "title": "Late"},
    },
    objections={"later": OBJECTION},
    lines={"hint": {"en": ["One.", "Two."], "when": "owed > 10.50 and not (late or kind == 'x')"}},
)


def again(loaded: Loaded) -> tuple[Script, Mapping[PlanId, Plan]]:
    """Return a script and its plans after they were bytes."""
    assert loaded.script is not None
    data = msgspec.msgpack.encode(shape(loaded.script, loaded.plans))
    return unshape(msgspec.msgpack.decode(data, type=Shaped))


def kinds(value: object) -> Iterator[tuple[type, object]]:
    """Yield the types of a value and of all that is in it; `1`, `1.0` and `True` are equal."""
    yield type(value), None
    if is_dataclass(value):
        for field in fields(value):
            yield from kinds(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield type(key), key
            yield from kinds(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from kinds(inner)
    else:
        yield type(value), str(value)


@pytest.mark.parametrize("pack", SHIPPED.names())
def test_a_shipped_pack_comes_back_as_it_was(pack: str) -> None:
    loaded = SHIPPED.load(pack)
    script, plans = again(loaded)
    assert (script, plans) == (loaded.script, loaded.plans)
    assert list(kinds(script)) == list(kinds(loaded.script))
    assert list(kinds(plans)) == list(kinds(loaded.plans))


def test_guards_keep_numbers_texts_and_nesting() -> None:
    loaded = load(GUARDED)
    script, _ = again(loaded)
    assert script == loaded.script
    assert list(kinds(script)) == list(kinds(loaded.script))
    assert (Decimal, "10.50") in list(kinds(script))


def test_what_no_script_has_made_is_refused() -> None:
    loaded = load(GUARDED)
    assert loaded.script is not None
    made = shape(loaded.script, loaded.plans)
    for script in (None, 7, [], made.script[:-1], [*made.script, 1], {"id": "x"}):
        with pytest.raises(ValueError, match="no script"):
            unshape(Shaped(made.phrases, made.wordings, script, made.plans))
    with pytest.raises(ValueError, match="no script"):
        unshape(Shaped([], [], made.script, made.plans))


def test_another_script_becomes_something_else() -> None:
    loaded = load(GUARDED)
    assert loaded.script is not None
    other = replace(loaded.script, version="2")
    assert shape(other, {}) != shape(loaded.script, {})
