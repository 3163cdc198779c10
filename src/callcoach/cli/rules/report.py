"""What became of rules on their way in or out, for people and for machines."""

from collections.abc import Iterator, Sequence

import click

from callcoach.cli.paint import Paint
from callcoach.cli.workplace import Workplace
from callcoach.locale import Messages, mark
from callcoach.script.exchange.report import Handling, Item, RuleReport, count
from callcoach.script.model import local
from callcoach.words.display import display
from callcoach.words.wrap import wrap

CELLS = 80
_COLOURS = {Handling.CARRIED: "green", Handling.APPROXIMATED: "yellow", Handling.LEFT_OUT: "red"}
_SIGNS = {Handling.CARRIED: "✓", Handling.APPROXIMATED: "≈", Handling.LEFT_OUT: "✗"}
_PLAIN_SIGNS = {Handling.CARRIED: "+", Handling.APPROXIMATED: "~", Handling.LEFT_OUT: "X"}
WORDS = {
    Handling.CARRIED: mark("carried over"),
    Handling.APPROXIMATED: mark("nearly"),
    Handling.LEFT_OUT: mark("left out"),
}


approximate_option = click.option(
    "--approximate",
    is_flag=True,
    help=mark("Take over what means nearly the same, too; the report says where."),
)


def print_report(place: Workplace, reports: Sequence[RuleReport], *, err: bool) -> None:
    """Print what became of rules; to the standard error where the output has the rules."""
    paint, is_plain = Paint(place), place.settings.flag("plain")
    for line in report_lines(reports, place.messages, paint, is_plain=is_plain):
        click.echo(line, err=err)


def report_lines(
    reports: Sequence[RuleReport], messages: Messages, paint: Paint, *, is_plain: bool
) -> Iterator[str]:
    """Yield how many rules were handled in which way, then what is worth saying of each."""
    counts = count(reports)
    said = [f"{messages.say(WORDS[way])} {number}" for way, number in counts.items()]
    total = messages.count("{n} rule", "{n} rules", len(reports))
    yield messages.say("{one}: {other}", one=total, other=", ".join(said))
    signs = _PLAIN_SIGNS if is_plain else _SIGNS
    for report in reports:
        sign = paint.coloured(signs[report.handling], _COLOURS[report.handling])
        yield f"{sign} {_called(report)}"
        for item in report.items:
            if item.handling is not Handling.CARRIED or item.how:
                yield from _item_lines(item, messages)


def _called(report: RuleReport) -> str:
    if report.id is None or report.name == local(report.id):
        return display(report.name)
    return f"{display(local(report.id))}  {display(report.name)}"


def _item_lines(item: Item, messages: Messages) -> Iterator[str]:
    """Yield one part: where it stands and what it is, and how it was handled."""
    yield f"    {display(item.path)}  {display(item.what)}"
    text = messages.say(WORDS[item.handling])
    if item.how:
        text += f": {messages.say(item.how)}"
    for line in wrap(display(text), CELLS - 6):
        yield f"      {line}"


def report_json(reports: Sequence[RuleReport], messages: Messages) -> dict[str, object]:
    """Return the same for machines; keys and the values of `handling` are stable."""
    return {
        "counts": {way.value: number for way, number in count(reports).items()},
        "rules": [
            {
                "name": report.name,
                "id": report.id,
                "path": report.path,
                "handling": report.handling.value,
                "items": [
                    {
                        "path": item.path,
                        "what": item.what,
                        "handling": item.handling.value,
                        "how": messages.say(item.how),
                        "is_meaning": item.is_meaning,
                    }
                    for item in report.items
                ],
            }
            for report in reports
        ],
    }
