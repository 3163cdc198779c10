"""callcoach journal: where it is, is it sound, backups, what was rescued, erased and must stay."""

from pathlib import Path

import click

from callcoach.archive.ids import short
from callcoach.archive.journal import Journal
from callcoach.archive.verify import Verdict
from callcoach.archive.writer import take_back
from callcoach.cli.answer import answer, json_option, print_json
from callcoach.cli.arguments import Named
from callcoach.cli.group import Command, Group, Lazy
from callcoach.cli.workplace import Workplace
from callcoach.errors import JournalDamaged
from callcoach.locale import mark
from callcoach.words.display import display

_HERE = "callcoach.cli.journal"

journal = Group(
    name="journal",
    help=mark("Look after the journal of calls: verify, back up, take rescued calls back, erase."),
    lazy={
        "path": Lazy(f"{_HERE}:path", mark("Print the journal's path")),
        "verify": Lazy(f"{_HERE}:verify", mark("Check that nothing was changed or lost")),
        "backup": Lazy(f"{_HERE}:backup", mark("Copy the journal, also while it is in use")),
        "import": Lazy(f"{_HERE}:import_files", mark("Take a rescue file back into the journal")),
        "forget": Lazy(f"{_HERE}_forget:forget", mark("Erase calls for good")),
        "erased": Lazy(f"{_HERE}_erased:erased", mark("List the calls that were erased")),
        "hold": Lazy(f"{_HERE}_holds:hold", mark("Keep calls from being erased")),
        "release": Lazy(f"{_HERE}_holds:release", mark("End the hold of calls")),
        "holds": Lazy(f"{_HERE}_holds:holds", mark("List the calls that are on hold")),
    },
    epilog=mark("""\
callcoach journal verify
callcoach journal backup calls-2026-11.db
callcoach journal import callcoach-rescue-….jsonl
callcoach journal forget 3f2a
callcoach journal hold 3f2a --why "lawsuit 2026-7"
"""),
)


@click.command(
    "path",
    cls=Command,
    help=mark("Print the journal's path."),
    epilog="""
callcoach journal path
""",
)
@json_option
@click.pass_obj
def path(place: Workplace, as_json: bool) -> None:
    """Print a path."""
    answer(as_json, {"path": str(place.journal_path)}, str(place.journal_path))


@click.command(
    "verify",
    cls=Command,
    help=mark(
        "Check every event against the chain of hashes that it was written with. Exit code 3"
        " says that something was changed or lost. A call that was deleted whole is not missed,"
        " those erased by callcoach journal forget are counted."
    ),
    epilog="""
callcoach journal verify
callcoach journal verify --json
""",
)
@json_option
@click.pass_obj
def verify(place: Workplace, as_json: bool) -> None:
    """Verify the journal."""
    with Journal(place.journal_path) as opened:
        verdict = opened.verify()
    _tell(place, verdict, place.journal_path, as_json)


@click.command(
    "backup",
    cls=Command,
    help=mark("Copy the journal to a new file and verify it."),
    epilog="""
callcoach journal backup
callcoach journal backup calls-2026-11.db
""",
)
@click.argument(
    "to",
    type=Named(path_type=Path),
    required=False,
    help=mark("A new file; beside the journal, with the time in its name, if none."),
)
@json_option
@click.pass_obj
def backup(place: Workplace, to: Path | None, as_json: bool) -> None:
    """Back the journal up."""
    from datetime import datetime

    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = to or place.journal_path.with_name(f"journal-{stamp}.db")
    with Journal(place.journal_path) as opened:
        verdict = opened.backup(target)
    _tell(place, verdict, target, as_json)


@click.command(
    "import",
    cls=Command,
    help=mark("Put the calls of rescue files into the journal. Doing it twice does no harm."),
    epilog="""
callcoach journal import callcoach-rescue-….jsonl
""",
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=Named(path_type=Path),
    help=mark("Rescue files: callcoach-rescue-….jsonl."),
)
@click.option("--keep", is_flag=True, help=mark("Leave the files where they are."))
@json_option
@click.pass_obj
def import_files(place: Workplace, files: tuple[Path, ...], keep: bool, as_json: bool) -> None:
    """Take rescue files back; those before one that cannot be are in the journal, and are told."""
    told: list[object] = []
    try:
        for file in files:
            call, count = take_back(place.journal_path, file, keep=keep)
            told.append({"file": str(file), "call": call, "events": count})
            line = place.messages.count(
                "{call}: {n} event is in the journal now.",
                "{call}: {n} events are in the journal now.",
                count,
                call=display(short(call)),
            )
            if not as_json:
                click.echo(line)
    finally:
        if as_json:
            print_json(told)


def _tell(place: Workplace, verdict: Verdict, where: Path, as_json: bool) -> None:
    """Print a verdict; raise `JournalDamaged` for a bad one."""
    if as_json:
        found = {
            "path": str(where),
            "calls": verdict.calls,
            "events": verdict.events,
            "erased": verdict.erased,
            "unfinished": verdict.unfinished,
            "held": verdict.held,
            "problems": [
                {"call": problem.call, "seq": problem.seq, "what": problem.what}
                for problem in verdict.problems
            ],
        }
        print_json(found)
    else:
        say = place.messages.say
        click.echo(display(str(where)))
        counts = say("{calls} calls, {events} events", calls=verdict.calls, events=verdict.events)
        click.echo(counts)
        for problem in verdict.problems:
            at = "" if problem.seq is None else f" #{problem.seq}"
            click.echo(display(f"! {problem.call}{at}: {say(problem.what)}"))
        if verdict.is_sound:
            click.echo(say("Sound: every event that is there is as it was written."))
            click.echo(say("A call that was deleted whole leaves no trace: compare with a backup."))
        if verdict.erased:
            erased = place.messages.count(
                "{n} call was erased on purpose; callcoach journal erased says by whom and why.",
                "{n} calls were erased on purpose; callcoach journal erased says by whom and why.",
                verdict.erased,
            )
            click.echo(erased)
        if verdict.held:
            told = place.messages.count(
                "{n} call is on hold and cannot be erased; callcoach journal holds says why.",
                "{n} calls are on hold and cannot be erased; callcoach journal holds says why.",
                verdict.held,
            )
            click.echo(told)
        if verdict.unfinished:
            left = say("Something may be left on the disk: callcoach journal forget --finish")
            click.echo(left)
    if not verdict.is_sound:
        raise JournalDamaged(
            "the journal {where} is damaged",
            "restore a backup; callcoach calls and show still read what is readable",
            where=where,
        )
