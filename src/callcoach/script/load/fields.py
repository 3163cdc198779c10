"""Reads the keys of one table with a type for each; everything wrong becomes a finding."""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.nodes import Listing, Node, Scalar, Table
from callcoach.script.place import Place, Text
from callcoach.script.wording import Language, Wording

_ID = re.compile(r"[a-z][a-z0-9_]*")
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*(s|sec|seconds?|秒|m|min|minutes?|分钟?|)")
_FULL_WIDTH = re.compile(r"[\w.-]+：")
_Choice = TypeVar("_Choice", bound=StrEnum)
_Value = TypeVar("_Value")


class Findings:
    """Collects what is wrong while a pack is read."""

    def __init__(self) -> None:
        self.all: list[Diagnostic] = []

    def add(self, code: str, place: Place, *, nearest: str = "", **arguments: str) -> None:
        """Report `code` at `place`; `arguments` fill the message's placeholders."""
        self.all.append(Diagnostic(code, place, arguments, nearest=nearest))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like `word`, or an empty text."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def is_id(text: str) -> bool:
    """Tell whether `text` may be a local id: lower-case letters, digits, underscores."""
    return bool(_ID.fullmatch(text))


class Fields:
    """One table being read; `close` reports the keys that nobody asked for."""

    def __init__(self, node: Table, what: str, findings: Findings) -> None:
        self.node = node
        self.what = what
        """What the table is, for messages: `step greeting`."""
        self.findings = findings
        self.asked: set[str] = set()

    @property
    def place(self) -> Place:
        """Where the table begins."""
        return self.node.place

    def close(self, also: Iterable[str] = ()) -> None:
        """Report every key that is neither asked for nor among `also`."""
        known = self.asked.union(also)
        for key, _ in self.node.entries:
            if key.value in known:
                continue
            if _FULL_WIDTH.match(key.value):
                self.findings.add("CC002", key.place)
            else:
                guess = nearest(key.value, known)
                self.findings.add("CC004", key.place, key=key.value, what=self.what, nearest=guess)

    def take(self, key: str, *, required: bool = False) -> Node | None:
        """Return the node under `key`; None where it is missing or empty."""
        self.asked.add(key)
        node = self.node.get(key)
        if node is None or (isinstance(node, Scalar) and node.is_empty):
            if required:
                self.findings.add("CC005", self.place, key=key, what=self.what)
            return None
        return node

    def wrong(self, node: Node, key: str, expected: str) -> None:
        """Report that `key` is not what was expected."""
        if isinstance(node, Scalar) and _FULL_WIDTH.match(node.text):
            self.findings.add("CC002", node.place)
        else:
            what = f"{key} ({self.what})"
            self.findings.add("CC006", node.place, what=what, expected=expected)

    def text(self, key: str, *, required: bool = False) -> Text | None:
        """Return a text."""
        node = self.take(key, required=required)
        if isinstance(node, Scalar):
            return Text(node.text, node.place)
        if node is not None:
            self.wrong(node, key, "a text")
        return None

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a yes or no."""
        text = self.text(key)
        if text is None:
            return default
        if text.value in ("yes", "true", "no", "false"):
            return text.value in ("yes", "true")
        self.bad_value(key, text, "yes or no")
        return default

    def choice(self, key: str, kind: type[_Choice], default: _Choice) -> _Choice:
        """Return one of an enumeration's values."""
        text = self.text(key)
        if text is None:
            return default
        values = [member.value for member in kind]
        if text.value in values:
            return kind(text.value)
        guess = nearest(text.value, values)
        self.bad_value(key, text, ", ".join(values), guess)
        return default

    def number(self, key: str, default: float) -> float:
        """Return a number that is not negative."""
        text = self.text(key)
        if text is None:
            return default
        if re.fullmatch(r"\d+(\.\d+)?", text.value):
            return float(text.value)
        self.bad_value(key, text, "a number")
        return default

    def seconds(self, key: str) -> float | None:
        """Return a length of time in seconds: `15s`, `2m`, `15`."""
        text = self.text(key)
        return None if text is None else self.as_seconds(key, text)

    def as_seconds(self, key: str, text: Text) -> float | None:
        """Return `text` as a length of time in seconds; None, and reported, where it is none."""
        found = _SECONDS.fullmatch(text.value.strip())
        if not found:
            self.bad_value(key, text, "a time such as 15s or 2m")
            return None
        return float(found[1]) * (60 if found[2][:1] in ("m", "分") else 1)

    def texts(self, key: str, *, required: bool = False) -> tuple[Text, ...]:
        """Return one text or a list of texts as a tuple."""
        node = self.take(key, required=required)
        return () if node is None else self.as_texts(key, node)

    def as_texts(self, key: str, node: Node) -> tuple[Text, ...]:
        """Return a node that is one text or a list of texts as a tuple."""
        if isinstance(node, Scalar):
            return (Text(node.text, node.place),)
        if isinstance(node, Listing) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(
                Text(item.text, item.place) for item in node.items if isinstance(item, Scalar)
            )
        self.wrong(node, key, "a text or a list of texts")
        return ()

    def table(self, key: str, *, required: bool = False) -> Table | None:
        """Return a table."""
        node = self.take(key, required=required)
        if isinstance(node, Table):
            return node
        if node is not None:
            self.wrong(node, key, "keys and values")
        return None

    def listing(self, key: str) -> tuple[Node, ...]:
        """Return the items of a list."""
        node = self.take(key)
        if isinstance(node, Listing):
            return node.items
        if node is not None:
            self.wrong(node, key, "a list")
        return ()

    def wording(
        self, key: str, languages: Sequence[Language], *, required: bool = False
    ) -> Wording | None:
        """Return a text in the pack's languages."""
        node = self.take(key, required=required)
        if isinstance(node, Scalar) and len(languages) == 1:
            return Wording({languages[0]: (Text(node.text, node.place),)}, node.place)
        if isinstance(node, Table):
            return self.as_wording(key, node, languages)
        if node is not None:
            self.wrong(node, key, "a text in each language: " + ", ".join(languages))
        return None

    def as_wording(
        self, key: str, node: Table, languages: Sequence[Language], also: Iterable[str] = ()
    ) -> Wording:
        """Return a table of languages as a wording; a missing language is reported."""
        inner = Fields(node, f"{key} ({self.what})", self.findings)
        variants = {language: inner.texts(language) for language in languages}
        inner.close(also)
        for language, texts in variants.items():
            if not texts:
                self.findings.add("CC030", node.place, what=inner.what, language=language)
        return Wording({key: texts for key, texts in variants.items() if texts}, node.place)

    def bad_value(self, key: str, text: Text, expected: str, guess: str = "") -> None:
        """Report that the value of `key` is none of what was expected."""
        what = f"{key} ({self.what})"
        self.findings.add(
            "CC007", text.place, what=what, value=text.value, expected=expected, nearest=guess
        )


def each_table(
    node: Table | None, what: str, findings: Findings, read: Callable[[Text, Fields], _Value]
) -> dict[str, _Value]:
    """Return what `read` makes of every named table in a section, by local id.

    `read` is given the id and the fields. An entry whose id is not one, or that is no table, is
    reported and left out; an empty one is read as an empty table.
    """
    made: dict[str, _Value] = {}
    for key, value in node.entries if node else ():
        if isinstance(value, Scalar) and value.is_empty:
            value = Table((), key.place)
        if not is_id(key.value):
            findings.add("CC008", key.place, id=key.value)
        elif isinstance(value, Table):
            made[key.value] = read(key, Fields(value, f"{what} {key.value}", findings))
        else:
            findings.add("CC006", key.place, what=f"{what} {key.value}", expected="keys and values")
    return made
