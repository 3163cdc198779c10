"""callcoach review batch: any number of calls judged at once, into tables."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import click

from callcoach import __version__
from callcoach.archive.transcripts import find_calls
from callcoach.archive.transcripts.find import files_in
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named
from callcoach.cli.days import today
from callcoach.cli.group import Command
from callcoach.cli.judging import engine_digest
from callcoach.cli.review.batch.setup import (
    CSV,
    PARQUET,
    Setup,
    format_named,
    make_ready,
    set_up,
)
from callcoach.cli.review.batch.tell import Teller
from callcoach.cli.review.batch.worker import Bench, work
from callcoach.cli.transcript_options import role_option, told_roles
from callcoach.cli.workplace import Workplace
from callcoach.errors import TranscriptError, UsageError
from callcoach.hearing.process.copies import Copy, can_copy, make_copies
from callcoach.hearing.process.worker import serve
from callcoach.locale import mark
from callcoach.review.batch.crew import Crew
from callcoach.review.batch.messages import Begin, Order
from callcoach.review.batch.results import Format, Recipe, Results, summary_of
from callcoach.settings import Origin, written

PROGRAM = "callcoach.cli.review.batch.worker"
_LOOK = 0.2
"""Seconds between two looks at how far the processes are."""
_PARTS = 200
"""Into about so many parts a batch is cut, of so many calls at least and at most."""
_LEAST, _MOST = 16, 1000


@click.command(
    "batch",
    cls=Command,
    help=mark(
        "Judge any number of saved calls at once, on all cores, with the same session as a live"
        " call: files, folders, JSON Lines with a call in each line. The folder gets tables of the"
        " calls, their questions, flags and cues, and a summary. A run that was interrupted goes"
        " on with the same command; what cannot be read stops nothing and is told at the end."
    ),
    epilog="""
callcoach review batch calls --form courtesy --out judged
callcoach review batch calls.jsonl --pack overdue --form my-form.yaml --out judged --workers 4
callcoach review batch calls --form courtesy --out judged --format csv
""",
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=Named(path_type=Path),
    help=mark("Transcripts, folders of them, and files with many calls."),
)
@click.option("--form", "form", metavar="NAME", default="", help=mark("A form's name or file."))
@click.option(
    "--out",
    required=True,
    metavar="DIRECTORY",
    type=Named(path_type=Path),
    help=mark("Where the tables go."),
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="NUMBER",
    help=mark("Processes at a time; one for each core if none is named."),
)
@click.option(
    "--format",
    "format",
    type=click.Choice((PARQUET, CSV)),
    default=PARQUET,
    help=mark("How the tables are written."),
)
@click.option("--swap", is_flag=True, help=mark("Agent and customer are the wrong way round."))
@role_option
@click.option("--again", is_flag=True, help=mark("Write what is there already anew."))
@json_option
@click.pass_obj
def batch(
    place: Workplace,
    paths: tuple[Path, ...],
    form: str,
    out: Path,
    workers: int | None,
    format: str,
    swap: bool,
    roles: tuple[str, ...],
    again: bool,
    as_json: bool,
) -> int:
    """Judge many calls; return the exit code: 1 where one of them could not be judged."""
    told_roles(roles)  # one that cannot be used is told now
    writer, results = format_named(format), Results(out)
    teller = Teller(place.messages)
    with results.alone():
        known = results.recipe()
        day = known.day if known else today().isoformat()
        setup = set_up(place, form)
        recipe = _recipe(setup, day, paths, swap, roles, format)
        if known is None or again:
            results.begin(recipe)
        elif known != recipe:
            raise UsageError(
                "{folder} holds the results of other calls, or of another script or form",
                "name another folder with --out; --again writes over it",
                folder=out,
            )
        is_done = results.is_finished()
        if is_done:
            tally = results.tally()
        else:
            missing = results.missing(recipe)
            most = min(workers or _cores(), len(missing))
            crew = _crew(place, setup, writer, _begin(place, recipe, form, out), missing, most)
            if (code := _judge(crew, results, recipe, missing, teller)) != 0:
                return code
            tally = results.finish(recipe, writer)
    if as_json:
        print_json(json.loads(summary_of(recipe, tally)))
    else:
        teller.finish(recipe, tally, results.files(recipe), is_done=is_done)
    return 1 if tally.lost else 0


def _crew(
    place: Workplace,
    setup: Setup,
    writer: Format,
    begin: Begin,
    missing: Sequence[int],
    most: int,
) -> Crew:
    """Return the processes that judge the parts that are missing.

    Where this one can be copied they are copies of it, and begin at once with the script that it
    has made ready; elsewhere each has to make it ready for itself.
    """
    logs = place.state_folder
    logs.mkdir(parents=True, exist_ok=True, mode=0o700)
    log = logs / "review-batch.log"
    copies: list[Copy] = []
    if most and can_copy():
        bench = Bench(begin, make_ready(place, setup, begin.day), writer)
        copies = make_copies(most, lambda: serve(partial(work, bench=bench), Order), log)
    return Crew(PROGRAM, begin, most, missing, log, copies)


def _judge(
    crew: Crew, results: Results, recipe: Recipe, missing: Sequence[int], teller: Teller
) -> int:
    """Judge the parts that are missing; return the exit code."""
    done = recipe.calls - sum(map(recipe.calls_in, missing))
    teller.begin(done, recipe.calls)
    try:
        while not crew.is_done:
            for finished in crew.step(_LOOK):
                done += finished.calls
            teller.show(done + crew.under_way)
    except KeyboardInterrupt:
        missing = results.missing(recipe)
        teller.interrupted(recipe.calls - sum(map(recipe.calls_in, missing)), recipe.calls)
        return 130
    finally:
        crew.close()
        teller.clear()
    return 0


def _recipe(
    setup: Setup, day: str, paths: Sequence[Path], swap: bool, roles: tuple[str, ...], format: str
) -> Recipe:
    """Return all that decides about the results. Raises `TranscriptError` where there is no call.

    The calls are counted, not read: how they are cut into parts depends on their number alone.
    """
    form = setup.form
    calls = sum(1 for _ in find_calls(paths))
    if not calls:
        raise TranscriptError(
            "there is no transcript in {folder}",
            "name another folder, or a file",
            folder=", ".join(map(str, paths)),
        )
    return Recipe(
        program=__version__,
        pack=setup.script.id,
        pack_digest=setup.script.digest,
        form=form.id if form else "",
        form_digest=form.digest if form else "",
        learned=setup.learned,
        known=setup.known_digest,
        paths=tuple(map(str, paths)),
        inputs=_fingerprint(paths),
        swap=swap,
        roles=roles,
        day=day,
        format=format,
        calls=calls,
        size=max(_LEAST, min(_MOST, calls // _PARTS)),
        language=setup.language,
        engine=engine_digest(),
    )


def _begin(place: Workplace, recipe: Recipe, form: str, out: Path) -> Begin:
    settings = place.settings.all.values()
    flags = {it.option.name: written(it.value) for it in settings if it.origin is Origin.FLAG}
    return Begin(
        config=place.named_config,
        flags=flags,
        pack=recipe.pack,
        form=form,
        paths=recipe.paths,
        swap=recipe.swap,
        roles=recipe.roles,
        day=recipe.day,
        format=recipe.format,
        out=str(out),
        size=recipe.size,
    )


def _fingerprint(paths: Sequence[Path]) -> str:
    """Return what changes with the names, sizes and times of the files that are judged."""
    digest = sha256()
    for file in files_in(paths):
        with suppress(OSError, ValueError):  # judging it will say what is wrong with it
            stat = file.stat()
            line = f"{file}\t{stat.st_size}\t{stat.st_mtime_ns}\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
