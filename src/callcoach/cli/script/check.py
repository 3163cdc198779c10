"""callcoach script check: everything that is wrong with packs, before anybody speaks them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named
from callcoach.cli.group import Command
from callcoach.cli.paint import Paint, place_text, wanted_packs
from callcoach.cli.workplace import Workplace
from callcoach.errors import ModelError
from callcoach.locale import Messages, mark
from callcoach.script.check import check
from callcoach.script.diagnostic import Diagnostic, Level, entry, hint, message
from callcoach.words.display import display
from callcoach.words.normalise import tokenise

BY_OBJECTION = "!"
"""Stands in a path where an objection is opened."""


@click.command(
    "check",
    cls=Command,
    help=mark(
        "Say what is wrong with packs, each finding with its place and a remedy; all packs when"
        " none is named. The exit code is 1 where there are errors, with --strict also for"
        " warnings and notes."
    ),
    epilog="""
callcoach script check
callcoach script check overdue --strict
callcoach script check ./my-pack --model models/vosk-model-en
callcoach script check --json
""",
)
@click.argument(
    "packs", nargs=-1, metavar="[PACK]...", help=mark("Packs, by name or path; all if none.")
)
@click.option("--strict", is_flag=True, help=mark("Count warnings and notes as failures, too."))
@click.option(
    "--model",
    type=Named(path_type=Path),
    help=mark("A speech model's folder: report phrases that it cannot hear."),
)
@json_option
@click.pass_obj
def check_packs(
    place: Workplace, packs: tuple[str, ...], strict: bool, model: Path | None, as_json: bool
) -> int:
    """Check packs; return the exit code."""
    vocabulary = None if model is None else read_vocabulary(model)
    loaded = [place.library.load(name) for name in wanted_packs(place, packs)]
    findings = unique(finding for one in loaded for finding in check(one, vocabulary))
    checked = place.messages.count("{n} pack checked", "{n} packs checked", len(loaded))
    return tell_findings(place, findings, checked, strict=strict, as_json=as_json)


def tell_findings(
    place: Workplace, findings: Sequence[Diagnostic], checked: str, *, strict: bool, as_json: bool
) -> int:
    """Print findings, and how many there are of what in what was `checked`; return the exit code.

    With `strict`, warnings and notes count as failures, too.
    """
    levels = Counter(entry(finding.code).level for finding in findings)
    if as_json:
        print_json([as_dict(it) for it in findings])
    else:
        for line in finding_lines(findings, Paint(place), place.messages):
            click.echo(line)
        click.echo(_count_line(levels, checked, place.messages))
    return int(levels[Level.ERROR] > 0 or (strict and bool(findings)))


def unique(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings each once: a pack that two others use is read with both."""
    return tuple(
        {
            (it.place, it.code, tuple(sorted(it.arguments.items())), it.path): it for it in findings
        }.values()
    )


def finding_lines(
    findings: Iterable[Diagnostic], paint: Paint, messages: Messages
) -> Iterator[str]:
    """Yield findings as lines, those of one file together."""
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        by_file.setdefault(finding.place.file, []).append(finding)
    for of_file in by_file.values():
        for finding in of_file:
            level = paint.level(entry(finding.code).level, messages)
            told = display(message(finding, messages.language))
            where = place_text(finding.place, has_column=True)
            yield f"{where}  {level} {finding.code}  {told}"
            if finding.path:
                yield f"    {path_text(finding.path, paint, messages)}"
            if advice := hint(finding, messages.language):
                yield f"    {display(advice)}"
        yield ""


def path_text(path: Iterable[str], paint: Paint, messages: Messages) -> str:
    """Return a path through the script as one line."""
    names = (
        messages.say("(objection)") if part == BY_OBJECTION else display(part) for part in path
    )
    return f" {paint.arrow} ".join(names)


def _count_line(levels: Counter[Level], checked: str, messages: Messages) -> str:
    """Return how much was found in what was checked."""
    return messages.say(
        "{packs}: {errors}, {warnings}, {notes}",
        packs=checked,
        errors=messages.count("{n} error", "{n} errors", levels[Level.ERROR]),
        warnings=messages.count("{n} warning", "{n} warnings", levels[Level.WARNING]),
        notes=messages.count("{n} note", "{n} notes", levels[Level.NOTE]),
    )


def as_dict(finding: Diagnostic) -> dict[str, object]:
    """Return a finding for machines; keys are stable."""
    known = entry(finding.code)
    return {
        "code": finding.code,
        "name": known.name,
        "level": known.level.value,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": {language: message(finding, language) for language in known.message},
        "hint": {language: hint(finding, language) for language in known.hint},
        "path": list(finding.path),
        "arguments": dict(finding.arguments),
    }


def read_vocabulary(model: Path) -> frozenset[str]:
    """Return the words that a speech model can hear, as matching sees them.

    They stand in `graph/words.txt`, one on a line before its number; marks such as `<eps>`, `#0`,
    `[unk]` and `!SIL` are none. Raises `ModelError`.
    """
    file = model / "graph" / "words.txt"
    if not model.is_dir():
        raise ModelError(
            "there is no speech model at {model}", "name the folder of one", model=model
        )
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ModelError(
            "{model} has no graph/words.txt",
            "the small models keep their words elsewhere; check with a large one",
            model=model,
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError("{file} cannot be read", "download the model anew", file=file) from error
    words: set[str] = set()
    for line in text.splitlines():
        word = line.split(maxsplit=1)[0].lower() if line.strip() else ""
        if word and word[0] not in "<#[!":
            words.update(tokenise(word).words if word.isascii() else (word,))
    return frozenset(words)
