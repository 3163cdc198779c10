"""Reads and writes the file of a pack's judges."""

import json
from collections.abc import Mapping

import msgspec

from callcoach.script.judges import Judge, Judges
from callcoach.script.load.fields import Findings
from callcoach.script.place import Place
from callcoach.script.rules import RuleId
from callcoach.script.wording import Language

FORMAT = 1


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
        findings.add("CC080", place, problem=str(error))
        return {}
    if file.version != FORMAT or file.rules != rules:
        findings.add("CC081", place)
        return {}
    return file.judges


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
