"""Builders that the tests share: packs out of texts and tables, facts, places, counted work."""

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import TypeVar

from callcoach import words
from callcoach.archive.phrases import PhraseFiles
from callcoach.script.check import check, has_errors
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import Fact, FactId, FactKind
from callcoach.script.library import Library, shipped_folder
from callcoach.script.load import Loaded, PackFiles, load_pack
from callcoach.script.model import PackId, Script, Step, StepId
from callcoach.script.place import Place, Text
from callcoach.script.wording import Wording

_Result = TypeVar("_Result")

Tree = Mapping[str, object]
"""A pack, or a part of one, as tables, lists and texts."""

MINIMAL = """\
callcoach: 1
pack: example
version: "1"
title: Example
languages: [en]
start: hello
steps:
  hello:
    title: Hello
    say: {hi: Good morning.}
    exits:
      on: {label: On, to: bye}
  bye:
    title: Bye
    say: {farewell: Goodbye.}
    outcome: done
outcomes:
  done: {code: DONE, title: Done}
"""
"""The smallest pack with a call in it: a greeting, a goodbye, one way between them."""

OBJECTION: Tree = {
    "title": "Later",
    "heard": ["call me later"],
    "say": {"of_course": "Of course."},
    "bridge": "Let us go on.",
    "exits": {"back": {"label": "Back", "back": "yes"}, "close": {"label": "Close", "to": "bye"}},
}
"""An objection that goes back, or on to the goodbye."""

HERE = Place("here.yaml", 3, 5)

_WORDS = Path(words.__file__).parent
_CODE = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(_WORDS.rglob("*.py"))))
SHARED_CACHE = Path(tempfile.gettempdir()) / f"callcoach-tests-{_CODE.hexdigest()[:12]}"
"""Where all tests keep compiled phrases: the first takes seconds, the rest none.

What other code than today's compiled is in another folder.
"""
PHRASES = PhraseFiles(SHARED_CACHE / "callcoach" / "phrases")
"""The compiled phrases in there, where callcoach itself looks for them."""


def text(value: str) -> Text:
    """Return a text that was read from nowhere in particular."""
    return Text(value, HERE)


def wording(**languages: str | list[str]) -> Wording:
    """Return a wording: `wording(en="Hello", zh=["您好", "你好"])`."""
    variants = {
        language: tuple(map(text, [said] if isinstance(said, str) else said))
        for language, said in languages.items()
    }
    return Wording(variants, HERE)


def fact(
    kind: FactKind,
    id: str = "example.fact",
    *,
    choices: Mapping[str, Wording] | None = None,
    currency: str = "CNY",
) -> Fact:
    """Return a fact of a kind."""
    title = wording(en="the fact", zh="事实")
    return Fact(FactId(id), kind, title, HERE, choices=choices or {}, currency=currency)


def files(source: str | Tree, id: str = "example") -> PackFiles:
    """Return a pack of one file, written as text or as a tree."""
    name = "pack.yaml" if id == "example" else f"{id}/pack.yaml"
    return PackFiles(PackId(id), {name: source if isinstance(source, str) else dump(source)})


def base(**sections: object) -> PackFiles:
    """Return a pack `base` that others can use."""
    return files(minimal(pack="base", **sections), "base")


def dump(tree: object) -> str:
    """Return a tree as text: JSON is YAML too."""
    return json.dumps(tree, ensure_ascii=False, indent=1)


def load(source: str | Tree | PackFiles, *used: PackFiles) -> Loaded:
    """Return what comes of loading a pack that may use the others."""
    packs = {other.id: other for other in used}
    return load_pack(source if isinstance(source, PackFiles) else files(source), packs.get)


def script_of(source: str | Tree | PackFiles, *used: PackFiles) -> Script:
    """Return the script of a pack that loads without an error."""
    loaded = load(source, *used)
    assert loaded.script is not None, [show(finding) for finding in loaded.findings]
    return loaded.script


def step_of(script: Script, id: str) -> Step:
    """Return a step of a script."""
    return script.steps[StepId(id)]


def findings(source: str | Tree | PackFiles, *used: PackFiles) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with a pack."""
    return check(load(source, *used))


def codes(source: str | Tree | PackFiles, *used: PackFiles) -> list[str]:
    """Return the codes of everything that is wrong with a pack, in order."""
    return [finding.code for finding in findings(source, *used)]


def is_refused(source: str | Tree | PackFiles) -> bool:
    """Tell whether a pack cannot be used."""
    return has_errors(findings(source))


def show(finding: Diagnostic) -> str:
    """Return a finding in short, for a failing test's message."""
    return f"{finding.place} {finding.code} {dict(finding.arguments)}"


def minimal(**sections: object) -> dict[str, object]:
    """Return `MINIMAL` as a tree, with some of its keys replaced or added."""
    tree: dict[str, object] = {
        "callcoach": 1,
        "pack": "example",
        "version": "1",
        "title": "Example",
        "languages": ["en"],
        "start": "hello",
        "steps": {"hello": step("Good morning.", on="bye"), "bye": end("Goodbye.")},
        "outcomes": {"done": {"code": "DONE", "title": "Done"}},
    }
    return tree | sections


def step(said: str, **ways: str | Tree) -> dict[str, object]:
    """Return a step that says something and has exits: `step("Hello", on="bye")`."""
    exits = {
        id: {"label": id.capitalize(), **({"to": way} if isinstance(way, str) else way)}
        for id, way in ways.items()
    }
    made: dict[str, object] = {"title": said, "say": {_line(said): said}}
    return made | {"exits": exits} if exits else made


def end(said: str, outcome: str = "done") -> dict[str, object]:
    """Return a step in which a call may end."""
    return {"title": said, "say": {_line(said): said}, "outcome": outcome}


def _line(said: str) -> str:
    """Return an id for a line: its letters."""
    letters = "".join(char if char.isascii() and char.isalnum() else "_" for char in said.lower())
    return f"l_{letters}"


def shipped() -> Library:
    """Return the library of the shipped packs."""
    return Library((shipped_folder(),))


def shipped_ids() -> tuple[PackId, ...]:
    """Return the ids of the shipped packs."""
    return shipped().names()


def shipped_files(id: PackId) -> PackFiles:
    """Return the texts of a shipped pack, under names that do not depend on the machine."""
    folder = shipped_folder()
    opened = shipped().open(folder / id)
    return PackFiles(
        id, {str(Path(name).relative_to(folder)): source for name, source in opened.files.items()}
    )


def quickest(work: Callable[[], object]) -> float:
    """Return the processor time of the best of three tries, in seconds: the machine may be busy."""
    tries: list[float] = []
    for _ in range(3):
        began = time.process_time()
        work()
        tries.append(time.process_time() - began)
    return min(tries)


class TooMuchWork(Exception):
    """Something took more calls than a test allows."""


def counted(most: int, work: Callable[[], _Result]) -> _Result:
    """Return what `work` returns; raises `TooMuchWork` once it makes more than `most` calls.

    Calls of Python functions and resumed generators count. It is a bound that does not depend on
    the machine, for work that could grow without end.
    """
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        if event == "call":
            calls += 1
            if calls > most:
                raise TooMuchWork(f"more than {most:,} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        return work()
    finally:
        sys.setprofile(before)
