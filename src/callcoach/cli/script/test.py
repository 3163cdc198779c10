"""callcoach script test: every plan of a pack, played at once and compared with what it expects."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click

from callcoach.call.rehearse import Failure
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.paint import Paint, place_text, wanted_packs
from callcoach.cli.script.rehearse import (
    Played,
    chosen_plans,
    coverage_json,
    coverage_lines,
    covered,
    no_such_plan,
    play_plans,
)
from callcoach.cli.shelf import usable
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError, Told, UsageError
from callcoach.locale import Messages, mark
from callcoach.script.coverage import Coverage
from callcoach.script.load import Loaded
from callcoach.script.model import local
from callcoach.script.wording import Language
from callcoach.words.display import display

_EXPECTED = {
    "step": mark("expected to be in the step {expected}, found {found}"),
    "met": mark("expected the cue {expected} to be met; it is not"),
    "unmet": mark("expected the cue {expected} not to be met; it is"),
    "flags": mark("expected the flags {expected}, found {found}"),
    "suggests": mark("expected {expected} to be suggested, found {found}"),
    "outcome": mark("expected the outcome {expected}, found {found}"),
    "move": mark("expected {expected} to be possible, found: {found}"),
}
"""What to say about a failure, by what was looked at."""


@dataclass(frozen=True, slots=True)
class Report:
    """What testing one pack came to."""

    pack: str
    played: tuple[Played, ...] = ()
    coverage: Coverage | None = None
    """None where nobody asked, or nothing can be covered."""
    problem: str = ""
    """Why the pack cannot be tested at all."""
    is_lending: bool = False
    """The pack has no start: it is there for others to use."""

    def has_passed(self, is_full: bool) -> bool:
        """Tell whether every plan passed and, if that is asked for, everything was reached."""
        return (
            not self.problem
            and not any(one.failures for one in self.played)
            and not (is_full and self.coverage is not None and not self.coverage.is_full)
        )


@click.command(
    "test",
    cls=Command,
    help=mark(
        "Rehearse every plan of a pack in every language and compare the call with what the plan"
        " expects; all packs when none is named. The exit code is 1 where a plan fails, with"
        " --full also where something is never reached."
    ),
    epilog="""
callcoach script test
callcoach script test overdue --plan three_instalments --in zh
callcoach script test ./my-pack --full
""",
)
@click.argument(
    "packs", nargs=-1, metavar="[PACK]...", help=mark("Packs, by name or path; all if none.")
)
@click.option("--plan", metavar="NAME", help=mark("Only this plan."))
@click.option(
    "--in",
    "languages",
    metavar="LANGUAGE",
    multiple=True,
    help=mark("Only in this language of the pack; may be repeated."),
)
@click.option(
    "--coverage/--no-coverage",
    default=None,
    help=mark("Show what the plans reach; left out where one plan is named."),
)
@click.option("--full", is_flag=True, help=mark("Fail where anything is never reached."))
@json_option
@click.pass_obj
def test(
    place: Workplace,
    packs: tuple[str, ...],
    plan: str | None,
    languages: tuple[str, ...],
    coverage: bool | None,
    full: bool,
    as_json: bool,
) -> int:
    """Test packs; return the exit code."""
    loaded = {name: place.library.load(name) for name in wanted_packs(place, packs)}
    check_languages(loaded.values(), languages)
    if plan is not None and not any(chosen_plans(one, plan) for one in loaded.values()):
        raise no_such_plan(plan, loaded.values())
    is_covered = full or (plan is None if coverage is None else coverage)
    reports = [
        _test(name, one, plan, languages, is_covered, place.messages)
        for name, one in loaded.items()
    ]
    if as_json:
        told = {"packs": [_as_dict(report, full) for report in reports]}
        print_json(told)
    else:
        for line in _lines(reports, full, Paint(place), place.messages):
            click.echo(line)
    return int(not all(report.has_passed(full) for report in reports))


def check_languages(loaded: Iterable[Loaded], languages: Sequence[Language]) -> None:
    """Raise `UsageError` for a language that no pack has."""
    scripts = [one.script for one in loaded if one.script is not None]
    known = {language for script in scripts for language in script.languages}
    for language in languages:
        if scripts and language not in known:
            raise UsageError(
                "no pack here is in “{language}”",
                "there are {known}",
                language=language,
                known=", ".join(sorted(known)),
            )


def _test(
    name: str,
    loaded: Loaded,
    plan: str | None,
    languages: Sequence[Language],
    is_covered: bool,
    messages: Messages,
) -> Report:
    """Return what testing one pack comes to."""
    try:
        script = usable(loaded, messages.language)
    except PackError as error:
        return Report(name, problem=messages.tell(error))
    if script.start is None:
        return Report(name, is_lending=True)
    played = tuple(play_plans(script, chosen_plans(loaded, plan), languages))
    visits = [one.visit for one in played]
    return Report(name, played, covered(script, visits, languages) if is_covered else None)


def _lines(
    reports: Sequence[Report], is_full: bool, paint: Paint, messages: Messages
) -> Iterator[str]:
    for report in reports:
        yield from _report_lines(report, is_full, paint, messages)
    played = [one for report in reports for one in report.played]
    failed = sum(bool(one.failures) for one in played)
    sign = paint.verdict(all(report.has_passed(is_full) for report in reports))
    rehearsed = messages.count("{n} call rehearsed", "{n} calls rehearsed", len(played))
    counted = messages.count("{n} failed", "{n} failed", failed)
    told = messages.say("{rehearsed}, {failed}", rehearsed=rehearsed, failed=counted)
    yield f"{sign} {told}"


def _report_lines(report: Report, is_full: bool, paint: Paint, messages: Messages) -> Iterator[str]:
    name = display(report.pack)
    if report.problem:
        yield f"{paint.verdict(False)} {name}"
        yield f"    {display(report.problem)}"
    elif report.is_lending:
        lends = messages.say("lends its parts to other packs; nothing to rehearse")
        yield f"{paint.dot} {name}: {lends}"
    elif not report.played:
        no_plans = messages.say("no plans")
        yield f"{paint.dot} {name}: {no_plans}"
    for one in report.played:
        title = display(one.plan.title.plain(messages.language))
        sign = paint.verdict(not one.failures)
        yield f"{sign} {name} {local(one.plan.id)} [{one.language}]  {title}"
        for failure in one.failures:
            yield f"    {failure_text(failure, messages)}"
    if report.coverage is not None:
        heading = messages.say("Reached by the plans of {pack}", pack=name)
        if is_full and not report.coverage.is_full:
            heading += "  " + paint.coloured(messages.say("(not everything)"), "red")
        yield heading
        yield from coverage_lines(report.coverage, messages)
        yield ""


def failure_text(failure: Failure, messages: Messages) -> str:
    """Return what did not come as expected, and where the plan says so."""
    told = messages.say(
        _EXPECTED.get(failure.what, failure.what),
        expected=display(failure.expected),
        found=display(
            messages.say(failure.found) if isinstance(failure.found, Told) else failure.found
        ),
    )
    return f"{place_text(failure.place)}: {told}"


def _as_dict(report: Report, is_full: bool) -> dict[str, object]:
    """Return what testing a pack came to for machines; keys are stable."""
    return {
        "pack": report.pack,
        "passed": report.has_passed(is_full),
        "problem": report.problem or None,
        "lends": report.is_lending,
        "plans": [
            {
                "plan": local(one.plan.id),
                "language": one.language,
                "passed": not one.failures,
                "failures": [
                    {
                        "file": failure.place.file,
                        "line": failure.place.line,
                        "column": failure.place.column,
                        "what": failure.what,
                        "expected": failure.expected,
                        "found": failure.found,
                    }
                    for failure in one.failures
                ],
            }
            for one in report.played
        ],
        "coverage": None if report.coverage is None else coverage_json(report.coverage),
    }
