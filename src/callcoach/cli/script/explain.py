"""callcoach script explain: what a finding means and why it matters, or what a rule waits for."""

import shutil
from collections.abc import Iterator
from difflib import get_close_matches

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.paint import Paint
from callcoach.cli.script.rule import show_rule
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import Messages, mark
from callcoach.script.diagnostic import codes, entry
from callcoach.script.reference import (
    example_hint,
    example_message,
    general_message,
    marked_example,
)
from callcoach.words.wrap import pad, width, wrap

LONGEST = 100
"""Text is not set wider than this, in cells."""


@click.command(
    "explain",
    cls=Command,
    help=mark(
        "Explain a finding by its code or name, or a rule by its pack and id; without one, list all"
        " findings."
    ),
    epilog="""
callcoach script explain CC004
callcoach script explain unknown-key
callcoach script explain overdue.promise_to_pay
callcoach script explain
""",
)
@click.argument(
    "code", required=False, help=mark("CC004, a name such as unknown-key, or pack.rule.")
)
@json_option
@click.pass_obj
def explain(place: Workplace, code: str | None, as_json: bool) -> None:
    """Explain one code or rule, or list all codes."""
    if code is not None and "." in code:
        show_rule(place, code, as_json=as_json)
        return
    wanted = codes() if code is None else (find_code(code),)
    if as_json:
        told = [_as_dict(one) for one in wanted]
        whole: object = told if code is None else told[0]
        print_json(whole)
        return
    paint = Paint(place)
    lines = (
        _table(wanted, paint, place.messages)
        if code is None
        else _one(wanted[0], paint, place.messages)
    )
    for line in lines:
        click.echo(line)


def find_code(given: str) -> str:
    """Return the code that somebody means by `CC004`, `cc4` or `unknown-key`.

    Raises `UsageError` with the nearest there is.
    """
    known = codes()
    names = {entry(code).name: code for code in known}
    word = given.strip().lower()
    digits = word.removeprefix("cc")
    if digits.isascii() and digits.isdigit() and len(digits) < 4:
        word = f"cc{digits:0>3}"
    if word.upper() in known:
        return word.upper()
    if word in names:
        return names[word]
    near = get_close_matches(word, [*names, *(code.lower() for code in known)], n=1)
    if near:
        guess = near[0].upper() if near[0].startswith("cc") else near[0]
        raise UsageError(
            "there is no finding “{given}”", "did you mean {guess}?", given=given, guess=guess
        )
    raise UsageError(
        "there is no finding “{given}”", "callcoach script explain lists them all", given=given
    )


def _table(wanted: tuple[str, ...], paint: Paint, messages: Messages) -> Iterator[str]:
    """Yield a line for every code."""
    entries = [entry(code) for code in wanted]
    name = max(width(one.name) for one in entries)
    for one in entries:
        level = paint.level(one.level, messages, cells=9)
        told = general_message(one.code, messages.language)
        yield f"{one.code}  {level}  {pad(one.name, name)}  {told}"


def _one(code: str, paint: Paint, messages: Messages) -> Iterator[str]:
    """Yield all there is to say about one code."""
    known, language = entry(code), messages.language
    yield f"{code}  {paint.level(known.level, messages)}  {known.name}"
    yield ""
    why = messages.say("Why: {reason}", reason=known.why.get(language, known.why["en"]))
    remedy = messages.say("What to do: {remedy}", remedy=example_hint(code, language))
    columns = min(shutil.get_terminal_size().columns, LONGEST)
    for text in (example_message(code, language), "", why, "", remedy, ""):
        yield from wrap(text, columns)
    yield messages.say("Example (line {line}):", line=known.line)
    for line in marked_example(known):
        yield f"  {line}"


def _as_dict(code: str) -> dict[str, object]:
    """Return a code's entry for machines; keys are stable."""
    known = entry(code)
    return {
        "code": code,
        "name": known.name,
        "level": known.level.value,
        "message": {language: general_message(code, language) for language in known.message},
        "why": dict(known.why),
        "hint": {language: example_hint(code, language) for language in known.hint},
        "example": dict(known.example),
        "line": known.line,
    }
