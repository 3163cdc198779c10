"""Reads and writes the file of a pack's judges."""

import json
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from callcoach.errors import Told
from callcoach.script.judges import Judge, Judges
from callcoach.script.load.fields import Findings
from callcoach.script.place import Place
from callcoach.script.rules import RuleId
from callcoach.script.wording import Language

FORMAT = 1
_PLACE: Final = re.compile(r" - at `(?P<place>[^`]*)`$")
_MISSING: Final = re.compile(r"missing required field `(?P<field>[^`]*)`")
_OTHER: Final = re.compile(r"Expected `(?P<wanted>[a-z]+)`, got `(?P<found>[a-z]+)`")
_BYTE: Final = re.compile(r"\(byte (?P<at>\d+)\)")
"""How the decoder tells what is wrong, and where."""


class _File(msgspec.Struct, frozen=True):
    version: int
    rules: str
    judges: dict[Language, dict[RuleId, Judge]]


def read_judges(name: str, text: str, rules: str, findings: Findings) -> Judges:
    """Return the judges of a pack whose rules have the digest `rules`; none where it is another.

    What is wrong with the file is reported.
    """
    place = Place(name, 1)
    try:
        file = msgspec.json.decode(text.encode("utf-8", "surrogateescape"), type=_File)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        findings.add("CC080", place, problem=_problem(error))
        return {}
    if file.version != FORMAT or file.rules != rules:
        findings.add("CC081", place)
        return {}
    return file.judges


def _problem(error: Exception) -> Told:
    """Return what is wrong with a file, from what its decoder says."""
    said = str(error)
    at = _PLACE.search(said)
    place = at["place"] if at else "$"
    match error:
        case msgspec.ValidationError() if missing := _MISSING.search(said):
            return Told("{place} has no “{field}”", place=place, field=missing["field"])
        case msgspec.ValidationError() if other := _OTHER.search(said):
            wanted, found = other["wanted"], other["found"]
            return Told(
                "{place}: {wanted} expected, not {found}", place=place, wanted=wanted, found=found
            )
        case msgspec.ValidationError():
            return Told("{place}: the number is too large or too small", place=place)
        case msgspec.DecodeError() if byte := _BYTE.search(said):
            return Told("it is no JSON from byte {at} on", at=byte["at"])
        case msgspec.DecodeError():
            return Told("it is empty, or ends in the middle")
        case RecursionError():
            return Told("it is nested too deeply")
        case _:
            return Told("it is not UTF-8 text")


def write_judges(rules: str, judges: Judges) -> str:
    """Return a file of judges for the rules with that digest: a line for each of them."""
    parts = [f'"{language}": {{\n{_lines(of)}\n}}' for language, of in sorted(judges.items())]
    return f'{{"version": {FORMAT}, "rules": "{rules}", "judges": {{{", ".join(parts)}}}}}\n'


def _lines(judges: Mapping[RuleId, Judge]) -> str:
    return ",\n".join(f'"{id}": {_line(judge)}' for id, judge in sorted(judges.items()))


def _line(judge: Judge) -> str:
    return json.dumps(
        {
            "bias": judge.bias,
            "scale": judge.scale,
            "gain": judge.gain,
            "calls": judge.calls,
            "weights": dict(sorted(judge.weights.items())),
        },
        ensure_ascii=False,
    )
