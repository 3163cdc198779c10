"""callcoach script strings: a pack's texts out to a translator as a table, and back."""

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named, pack_argument
from callcoach.cli.group import Command, Group, Lazy
from callcoach.cli.output import force_option, output_option, refuse_existing, write_file
from callcoach.cli.paint import short_path
from callcoach.cli.script.files import PackFolder
from callcoach.cli.workplace import Workplace
from callcoach.errors import StringsError, UsageError
from callcoach.locale import Messages, mark
from callcoach.script.strings.harvest import Harvest, Why, harvest
from callcoach.script.strings.memory import State
from callcoach.script.strings.rows import rows
from callcoach.script.strings.table import MAX_BYTES, read_table, write_table
from callcoach.script.wording import Language
from callcoach.words.display import display

strings = Group(
    name="strings",
    help=mark("Give a pack's texts to a translator as a table, and take them back."),
    lazy={
        "export": Lazy(
            "callcoach.cli.script.strings:export_texts", mark("Write the texts as a table")
        ),
        "import": Lazy(
            "callcoach.cli.script.strings:import_texts", mark("Write translations into the pack")
        ),
        "accept": Lazy(
            "callcoach.cli.script.strings:accept_texts", mark("Call all translations up to date")
        ),
    },
    epilog="""
callcoach script strings export overdue --from zh --to en -o overdue.csv
callcoach script strings import overdue overdue.csv
callcoach script strings accept overdue
""",
)

_REASONS = {
    Why.UNKNOWN: mark("the pack has no such text"),
    Why.TWICE: mark("the key stands in the table twice"),
    Why.CHANGED: mark("the source in the pack is another one now; export the table anew"),
    Why.CONTROL: mark("the translation holds control characters"),
    Why.BRACES: mark("the braces are wrong: {detail}"),
}


@click.command(
    "export",
    cls=Command,
    help=mark(
        "Write every text of a pack as a row of a CSV table that spreadsheets open: key, place,"
        " kind, source, target and whether the target is ok, missing or stale. Phrases that are"
        " listened for are no translations and stay out."
    ),
    epilog="""
callcoach script strings export overdue --from zh --to en -o overdue.csv
""",
)
@pack_argument
@click.option("--from", "source", required=True, metavar="LANGUAGE", help=mark("Translate from."))
@click.option("--to", "target", required=True, metavar="LANGUAGE", help=mark("Translate to."))
@output_option
@force_option
@click.pass_obj
def export_texts(
    place: Workplace, pack: str, source: str, target: str, output: Path | None, force: bool
) -> None:
    """Write the table."""
    folder = PackFolder.open(place.library, pack)
    if source == target:
        raise UsageError("both languages are the same", "write --from zh --to en")
    for language in (source, target):
        require_language(folder, language)
    found = list(rows(folder.texts, folder.languages, source, target, folder.memory()))
    if output is None:
        data = write_table(found, source, target, has_bom=not sys.stdout.isatty())
        sys.stdout.buffer.write(data)
        return
    refuse_existing(output, force)
    write_file(output, write_table(found, source, target))
    messages = place.messages
    missing = sum(row.state is State.MISSING for row in found)
    stale = sum(row.state is State.STALE for row in found)
    told = messages.count("{n} text", "{n} texts", len(found))
    counted = messages.say("{missing} missing, {stale} stale", missing=missing, stale=stale)
    click.echo(f"{display(short_path(output))}: {told} ({counted})")


def require_language(folder: PackFolder, language: Language) -> None:
    """Raise `UsageError` for a language that a pack has not got."""
    if language not in folder.languages:
        known = ", ".join(folder.languages)
        raise UsageError(
            "the pack {id} is not in “{language}”",
            "it is in {known}; add it to languages in {head} first, and write each text as a"
            " table: {{zh: …, en: …}}",
            id=folder.id,
            language=language,
            known=known,
            head=folder.head,
        )


@click.command(
    "import",
    cls=Command,
    help=mark(
        "Write the targets of a table into the pack's files; nothing else in them changes. Rows"
        " whose source has changed meanwhile are told and left out, and the exit code is 1 then."
        " A stale row that is right as it is: write ok into its state."
    ),
    epilog="""
callcoach script strings import overdue overdue.csv
callcoach script strings import overdue overdue.csv --dry-run
""",
)
@pack_argument
@click.argument(
    "file",
    type=Named(path_type=Path, dir_okay=False),
    help=mark("The table that came back."),
)
@click.option("--dry-run", is_flag=True, help=mark("Say what would be done, and do nothing."))
@json_option
@click.pass_obj
def import_texts(place: Workplace, pack: str, file: Path, dry_run: bool, as_json: bool) -> int:
    """Write translations back; return the exit code."""
    folder = PackFolder.open(place.library, pack)
    table = read_table(_read(file), str(file))
    for language in (table.source, table.target):
        require_language(folder, language)
    memory = folder.memory()
    current = rows(folder.texts, folder.languages, table.source, table.target, memory)
    script = place.library.load(pack).script
    names = None if script is None else script.names[script.id]
    found = harvest(current, table.rows, table.target, names)
    changed = folder.changed(found.changes)
    if not dry_run:
        for name, text in changed.items():
            folder.write(name, text)
        accepted = memory.accept(table.source, table.target, found.accepted)
        if accepted != memory:
            folder.remember(accepted)
    if as_json:
        told = _as_dict(found, list(changed), table.encoding)
        print_json(told)
    else:
        for line in _harvest_lines(found, table.encoding, place.messages):
            click.echo(line)
        for name in changed:
            click.echo(f"  {display(short_path(folder.path_of(name)))}")
    return int(bool(found.skipped))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise StringsError(
            "{file} cannot be read: {why}", "check the name", file=file, why=error.strerror
        ) from error


def _harvest_lines(found: Harvest, encoding: str, messages: Messages) -> Iterator[str]:
    say = messages.say
    if encoding != "utf-8":
        yield say("(read as {encoding})", encoding=encoding.upper())
    for skipped in found.skipped:
        why = say(_REASONS[skipped.why], detail=skipped.detail)
        row = say("row {row}", row=skipped.row.line)
        yield f"{row}  {display(skipped.row.key)}: {display(why)}"
    for back, name in found.lost:
        row = say("row {row}", row=back.line)
        told = say("taken, but {fact} is gone from it", fact="{{ " + name + " }}")
        yield f"{row}  {display(back.key)}: {display(told)}"
    yield say(
        "{written}, {unchanged}, {skipped}",
        written=messages.count("{n} text written", "{n} texts written", found.written),
        unchanged=messages.count("{n} unchanged", "{n} unchanged", found.unchanged),
        skipped=messages.count("{n} left out", "{n} left out", len(found.skipped)),
    )


def _as_dict(found: Harvest, files: list[str], encoding: str) -> dict[str, object]:
    """Return what was done for machines; keys are stable."""
    return {
        "written": found.written,
        "unchanged": found.unchanged,
        "skipped": [
            {
                "row": skipped.row.line,
                "key": skipped.row.key,
                "why": skipped.why.value,
                "detail": skipped.detail,
            }
            for skipped in found.skipped
        ],
        "lost": [{"row": back.line, "key": back.key, "fact": name} for back, name in found.lost],
        "files": files,
        "encoding": encoding,
    }


@click.command(
    "accept",
    cls=Command,
    help=mark(
        "Remember all translations of a pack as up to date; from then on a text whose source"
        " changes counts as stale. It is kept in strings.json beside the pack."
    ),
    epilog="""
callcoach script strings accept overdue
""",
)
@pack_argument
@click.pass_obj
def accept_texts(place: Workplace, pack: str) -> None:
    """Remember all pairs of texts."""
    folder = PackFolder.open(place.library, pack)
    memory = folder.memory()
    accepted: set[str] = set()
    for source, target in combinations(sorted(folder.languages), 2):
        pairs = {
            row.memory_key: (row.source, row.target)
            for row in rows(folder.texts, folder.languages, source, target, memory)
            if row.source and row.target
        }
        memory = memory.accept(source, target, pairs)
        accepted |= pairs.keys()
    folder.remember(memory)
    told = place.messages.count("{n} text accepted", "{n} texts accepted", len(accepted))
    click.echo(f"{display(short_path(folder.memory_file))}: {told}")
