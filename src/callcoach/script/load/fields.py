"""Reads the keys of one table with a type for each; everything wrong becomes a finding."""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from callcoach.errors import Told
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.grammar import COMMA
from callcoach.script.load.nodes import Listing, Node, Scalar, Table
from callcoach.script.place import Place, Text
from callcoach.script.wording import Language, Wording

_ID = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_SECONDS = re.compile(rf"({_NUMBER.pattern})\s*(s|sec|seconds?|秒|m|min|minutes?|分钟?|)")
_FULL_WIDTH = re.compile(r"[\w.-]+：")
_LISTED = 14
"""So many keys are listed where a key is not known."""
_Choice = TypeVar("_Choice", bound=StrEnum)
_Value = TypeVar("_Value")


class Findings:
    """Collects what is wrong while a pack is read."""

    def __init__(self) -> None:
        self.all: list[Diagnostic] = []
        self.is_partial = False
        """A file could not be read: an id that is not found may stand in it."""

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
        for key, value in self.node.entries:
            if key.value in known:
                continue
            if _FULL_WIDTH.match(key.value):
                self.findings.add("CC002", key.place)
            elif isinstance(value, Scalar) and value.is_empty and not is_id(key.value):
                problem, remedy = COMMA
                self.findings.add("CC001", key.place, problem=problem, remedy=remedy)
            else:
                self.unknown(key, known)

    def unknown(self, key: Text, known: Iterable[str]) -> None:
        """Report a key that is not among the known ones; a few of those are listed."""
        keys = tuple(known)
        takes = ", ".join(sorted(keys))
        if len(keys) > _LISTED:
            takes = Told("what docs/packs.md and docs/rules.md say")
        guess = nearest(key.value, keys)
        arguments = {"key": key.value, "what": self.what, "keys": takes}
        self.findings.add("CC004", key.place, **arguments, nearest=guess)

    def take(self, key: str, *, required: bool = False) -> Node | None:
        """Return the node under `key`; None where it is missing or empty."""
        self.asked.add(key)
        node = self.node.get(key)
        if node is None or (isinstance(node, Scalar) and node.is_empty):
            if required:
                self.findings.add("CC005", self.place, key=key, what=self.what)
            return None
        return node

    def named(self, key: str) -> Told:
        """Return what to call the value of `key` in a message."""
        return Told("{key} ({what})", key=key, what=self.what)

    def wrong(self, node: Node, key: str, expected: Told) -> None:
        """Report that `key` is not what was expected."""
        if isinstance(node, Scalar) and _FULL_WIDTH.match(node.text):
            self.findings.add("CC002", node.place)
        else:
            self.findings.add("CC006", node.place, what=self.named(key), expected=expected)

    def text(self, key: str, *, required: bool = False) -> Text | None:
        """Return a text."""
        node = self.take(key, required=required)
        if isinstance(node, Scalar):
            return Text(node.text, node.place)
        if node is not None:
            self.wrong(node, key, Told("a text"))
        return None

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a yes or no."""
        text = self.text(key)
        if text is None:
            return default
        if text.value in ("yes", "true", "no", "false"):
            return text.value in ("yes", "true")
        self.bad_value(key, text, Told("yes or no"))
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
        if _NUMBER.fullmatch(text.value):
            return float(text.value)
        self.bad_value(key, text, Told("a number, at most 999999"))
        return default

    def seconds(self, key: str) -> float | None:
        """Return a length of time in seconds: `15s`, `2m`, `15`."""
        text = self.text(key)
        return None if text is None else self.as_seconds(key, text)

    def as_seconds(self, key: str, text: Text) -> float | None:
        """Return `text` as a length of time in seconds; None, and reported, where it is none."""
        found = _SECONDS.fullmatch(text.value.strip())
        if not found:
            self.bad_value(key, text, Told("a time such as 15s or 2m"))
            return None
        return float(found[1]) * (60 if found[2][:1] in ("m", "分") else 1)

    def texts(self, key: str, *, required: bool = False) -> tuple[Text, ...]:
        """Return one text or a list of texts as a tuple."""
        node = self.take(key, required=required)
        return () if node is None else self.as_texts(key, node)

    def as_texts(self, key: str, node: Node) -> tuple[Text, ...]:
        """Return a node that is one text or a list of texts as a tuple."""
        items = node.items if isinstance(node, Listing) else (node,)
        texts = tuple(
            Text("" if item.is_empty else item.text, item.place)
            for item in items
            if isinstance(item, Scalar)
        )
        if len(texts) == len(items):
            return texts
        self.wrong(node, key, Told("a text or a list of texts"))
        return ()

    def table(self, key: str, *, required: bool = False) -> Table | None:
        """Return a table."""
        node = self.take(key, required=required)
        if isinstance(node, Table):
            return node
        if node is not None:
            self.wrong(node, key, Told("keys and values"))
        return None

    def listing(self, key: str) -> tuple[Node, ...]:
        """Return the items of a list."""
        node = self.take(key)
        if isinstance(node, Listing):
            return node.items
        if node is not None:
            self.wrong(node, key, Told("a list"))
        return ()

    def wording(
        self, key: str, languages: Sequence[Language], *, required: bool = False
    ) -> Wording | None:
        """Return a text in the pack's languages."""
        node = self.take(key, required=required)
        return None if node is None else self.as_wording(key, node, languages)

    def as_wording(
        self, key: str, node: Node, languages: Sequence[Language], also: Iterable[str] = ()
    ) -> Wording | None:
        """Return a node as a text in each language; in a pack's only one it may stand plainly.

        A language without words is reported and left out.
        """
        if isinstance(node, Table):
            inner = Fields(node, self.named(key), self.findings)
            variants = {language: inner.texts(language) for language in languages}
            inner.close(also)
        elif len(languages) == 1:
            variants = {languages[0]: self.as_texts(key, node)}
        else:
            expected = Told("a text in each language: {languages}", languages=", ".join(languages))
            self.wrong(node, key, expected)
            return None
        said: dict[Language, tuple[Text, ...]] = {}
        for language, texts in variants.items():
            blank = [text.place for text in texts if not text.value.strip()]
            for place in blank if texts else (node.place,):
                self.findings.add("CC030", place, what=self.named(key), language=language)
            if worded := tuple(text for text in texts if text.value.strip()):
                said[language] = worded
        return Wording(said, node.place)

    def bad_value(self, key: str, text: Text, expected: str, guess: str = "") -> None:
        """Report that the value of `key` is none of what was expected."""
        self.findings.add(
            "CC007",
            text.place,
            what=self.named(key),
            value=text.value,
            expected=expected,
            nearest=guess,
        )


def each_table(
    node: Table | None, what: str, findings: Findings, read: Callable[[Text, Fields], _Value]
) -> dict[str, _Value]:
    """Return what `read` makes of every named table in a section, by local id.

    `what` is the word for one of them. `read` is given the id and the fields. An entry whose id
    is not one, or that is no table, is reported and left out; an empty one is read as an empty
    table.
    """
    made: dict[str, _Value] = {}
    for key, value in node.entries if node else ():
        if isinstance(value, Scalar) and value.is_empty:
            value = Table((), key.place)
        if not is_id(key.value):
            findings.add("CC008", key.place, id=key.value)
        elif isinstance(value, Table):
            made[key.value] = read(key, Fields(value, _called(what, key), findings))
        else:
            expected = Told("keys and values")
            findings.add("CC006", key.place, what=_called(what, key), expected=expected)
    return made


def _called(what: str, id: Text) -> Told:
    """Return what to call a thing in a message: `step greeting`."""
    return Told("{kind} {id}", kind=Told(what), id=id.value)
