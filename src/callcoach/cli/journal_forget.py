"""callcoach journal forget: erases calls for good, and says what it cannot reach."""

from collections.abc import Sequence
from pathlib import Path

import click

from callcoach.archive.erased import ErasedCalls, Erasure
from callcoach.archive.forget import clean, erase, rescue_files_of
from callcoach.archive.holds import must_stay
from callcoach.archive.ids import CallId, short
from callcoach.cli.answer import answer, json_option
from callcoach.cli.arguments import Named, why_option
from callcoach.cli.ask import agrees
from callcoach.cli.days import parse_day
from callcoach.cli.group import Command
from callcoach.cli.journal_chosen import Group, Wanted, batches, choose
from callcoach.cli.journal_telling import plan, rows, tell_erased, tell_plan, tell_progress
from callcoach.cli.review.desk import person_option, whoever
from callcoach.cli.workplace import Workplace
from callcoach.errors import JournalBusy, StorageError, UsageError
from callcoach.hearing.keeping.recordings import delete, recorded_of, recordings_folder
from callcoach.locale import mark
from callcoach.settings import Origin


@click.command(
    "forget",
    cls=Command,
    help=mark(
        "Erase calls for good: what was said, reviews, comments, texts that were being typed, kept"
        " sound, figures, and their places in the search and in queues. What stays is that there"
        " was a call with this id, who erased it, when and why: callcoach journal erased lists it,"
        " and callcoach journal verify stays green. Exports and backups are out of reach. It asks"
        " first; a call under appeal is asked about by itself, and one on hold stays."
    ),
    epilog=mark("""\
callcoach journal forget 3f2a --why "erasure request 2026-114"
callcoach journal forget --before 2026-01-01 --dry-run
callcoach journal forget --agent "Wang Wei" --before 2026-01-01 --yes
callcoach --journal old-backup.db journal forget --erased-in journal.db
callcoach journal forget --finish
"""),
)
@click.argument("calls", nargs=-1, metavar="[CALL]...", help=mark("Ids, or parts of them."))
@click.option("--agent", metavar="NAME", expose_value=False, help=mark("All calls of an agent."))
@click.option("--before", metavar="DAY", help=mark("All calls from before this day, 2026-01-01."))
@click.option(
    "--erased-in",
    type=Named(path_type=Path),
    metavar="FILE",
    help=mark("All calls that were erased from another journal: for an older backup."),
)
@why_option
@person_option
@click.option("--even-appealed", is_flag=True, help=mark("Also calls with an open appeal."))
@click.option("--dry-run", is_flag=True, help=mark("Only say what would be erased."))
@click.option("--finish", is_flag=True, help=mark("Go on with what broke off after erasing."))
@click.option("--yes", is_flag=True, help=mark("Do not ask."))
@json_option
@click.pass_obj
def forget(
    place: Workplace,
    calls: tuple[str, ...],
    before: str | None,
    erased_in: Path | None,
    why: str,
    person: str,
    even_appealed: bool,
    dry_run: bool,
    finish: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Erase calls."""
    wanted = _wanted(place, calls, before, erased_in)
    _check(wanted, finish)
    if finish:
        _finish(place, as_json)
        return
    found = choose(place.journal_path, wanted)
    gone = [it for it in found if not it.is_open and it.hold is None]
    held = [it for it in gone if it.is_appealed and not even_appealed]
    if wanted.calls:
        _refuse(found, held if yes and not dry_run else ())
    if dry_run:
        going = [it for it in gone if it not in held]
        tell_plan(place, going, [it for it in found if it not in going], as_json)
        return
    by = whoever(
        Workplace({}, place.named_config), person
    )  # --agent says whose calls, not who asks
    if not yes:
        held = _ask(place, gone, held)
    told: dict[CallId, Erasure] = {}
    failed: StorageError | None = None
    going = [it for it in gone if it not in held]
    try:
        for batch in batches(going):
            told |= erase(place.journal_path, batch, by, why)
            tell_progress(place, len(told), sum(len(it.calls) for it in going))
    except StorageError as error:  # what is erased by then is gone, and is told
        if not told:
            raise
        failed = error
    problem = _clean(place) if told else None
    gone = [it for it in gone if it.ids[0] in told]
    kept = [it for it in found if it not in gone]
    tell_erased(place, gone, kept, told, as_json, is_finished=problem is None)
    if failed is not None:
        raise failed
    if problem is not None:
        raise _unfinished(problem)


def _wanted(
    place: Workplace, calls: tuple[str, ...], before: str | None, erased_in: Path | None
) -> Wanted:
    """Return which calls are meant; raises `UsageError` for a flag without a value.

    `--agent` is the flag that every command takes for its setting, and says here whose calls.
    """
    setting = place.settings.all["agent"]
    agent = str(setting.value).strip() if setting.origin is Origin.FLAG else None
    for flag, given in (("--agent", agent), ("--before", before)):
        if given is not None and not given.strip():
            raise UsageError("nothing stands behind {flag}", "write it out", flag=flag)
    return Wanted(calls, agent or "", parse_day(before or ""), erased_in)


def _check(wanted: Wanted, finish: bool) -> None:
    """Raise `UsageError` where nothing is named, or what does not go together."""
    ways = (bool(wanted.calls), bool(wanted.agent or wanted.before), bool(wanted.erased_in), finish)
    if not any(ways):
        raise UsageError(
            "nobody says which calls", "name calls, --agent, --before, --erased-in or --finish"
        )
    if sum(ways) > 1:
        raise UsageError(
            "calls, --agent and --before, --erased-in and --finish do not go together",
            "choose one of them; --agent and --before may stand together",
        )


def _refuse(found: Sequence[Group], held: Sequence[Group]) -> None:
    """Raise a `CallcoachError` for a call that was named and must not go."""
    for group in found:
        if group.is_open:
            raise JournalBusy(
                "the call {call} is open in another window",
                "close it there first",
                call=short(group.ids[0]),
            )
        if group.hold is not None:
            raise must_stay(group.hold)
    for group in held:
        raise UsageError(
            "the call {call} is under appeal",
            "wait for the decision, or add --even-appealed",
            call=short(group.ids[0]),
        )


def _ask(place: Workplace, gone: Sequence[Group], held: Sequence[Group]) -> list[Group]:
    """Ask whether to go on; return what is to be kept. Raises `Abort`, and `UsageError`."""
    say, free = place.messages.say, [it for it in gone if it not in held]
    last = say("It cannot be undone: only a backup of before has it still.")
    if free:
        lines = (*plan(place, free), last, say("Erase for good? [y/N] "))
        if not agrees(*lines):
            raise click.Abort
    if not held:
        return []
    told = place.messages.count(
        "{n} call is under appeal: somebody waits for an answer, and its evidence would be gone.",
        "{n} calls are under appeal: people wait for answers, and the evidence would be gone.",
        len(held),
    )
    lines = (*rows(place, held), told, last)
    return [] if agrees(*lines, say("Erase this too? [y/N] ")) else list(held)


def _clean(place: Workplace) -> StorageError | None:
    """Leave nothing of erased calls on the disk; return what stood in the way."""
    root = recordings_folder(place.journal_path)

    def away(call: CallId) -> None:
        recorded = recorded_of(root, call)
        if recorded is not None:
            delete(recorded)
        for file in rescue_files_of(place.rescue_folders, call):
            file.unlink(missing_ok=True)

    try:
        clean(place.journal_path, away)
    except StorageError as error:
        return error
    return None


def _finish(place: Workplace, as_json: bool) -> None:
    with ErasedCalls(place.journal_path) as erased:
        rest = erased.rest()
    if rest and (problem := _clean(place)) is not None:
        raise _unfinished(problem)
    done = place.messages.count(
        "Finished: nothing of {n} call is left in the journal and beside it.",
        "Finished: nothing of {n} calls is left in the journal and beside it.",
        len(rest),
    )
    nothing = place.messages.say("Nothing broke off: nothing is left to be done.")
    answer(as_json, {"finished": list(rest)}, done if rest else nothing)


def _unfinished(problem: StorageError) -> StorageError:
    return StorageError(
        "the calls are erased, but something of them may still be on the disk: {why}",
        "callcoach journal forget --finish goes on",
        why=problem.message,
    )
