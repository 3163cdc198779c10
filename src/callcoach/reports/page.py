"""Writes a report as one page of HTML that needs nothing else: no script, no file, no network."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from callcoach import __version__
from callcoach.archive.ids import short
from callcoach.locale import Messages
from callcoach.reports.charts import draw, draw_timeline
from callcoach.reports.parts import Timeline
from callcoach.reports.shapes import Drawing, Rows
from callcoach.reports.sheet import MOST_REFS, Block, Report, Section
from callcoach.reports.values import range_text, value_text
from callcoach.words.display import display

_LANGUAGES = {"zh": "zh-Hans"}
"""How a page names its language, where that is not the code (BCP 47)."""


def write_page(report: Report, messages: Messages) -> str:
    """Return a report as HTML.

    Everything is escaped by the template engine, and nothing from outside becomes an address or
    an attribute that runs; the page's own policy forbids scripts and requests besides.
    """
    return (
        _templates()
        .get_template("page.html")
        .render(
            report=report,
            blocks=list(_blocks(report, messages)),
            lang=_LANGUAGES.get(report.language, report.language),
            policy=_policy(),
            words=_words(messages),
        )
    )


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("callcoach.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    made.globals.update(short=short)
    return made


def _harmless(value: object) -> object:
    """Return what stands in a page; text from outside cannot reorder or hide what is around it."""
    return display(value) if type(value) is str else value


@cache
def _policy() -> str:
    """Return the content security policy: nothing but this page's own style, by its digest."""
    made = _templates()
    style = made.get_template("style.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )


def _blocks(
    report: Report, messages: Messages
) -> Iterator[tuple[Block, str, tuple[Drawing | Rows, ...]]]:
    """Yield the parts of a report, each with its kind and its charts."""
    for block in report.blocks:
        drawings: tuple[Drawing | Rows, ...] = ()
        if isinstance(block, Section):
            drawings = draw(block, messages)
        elif isinstance(block, Timeline):
            drawings = (draw_timeline(block),)
        yield block, type(block).__name__.lower(), drawings


def _words(messages: Messages) -> dict[str, str | Callable[..., str]]:
    """Return what the page itself says."""
    say = messages.say
    return {
        "skip": say("Skip to the content"),
        "contents": say("Contents"),
        "glance": say("At a glance"),
        "empty": say("No calls in this time"),
        "empty_hint": say(
            "Nothing is wrong: there is no finished call that this report asks for. A longer time"
            " (--since, --until), another agent or another script may have some; callcoach calls"
            " lists what there is."
        ),
        "figures": say("The same in figures"),
        "more": lambda n: say("and {n} more in the figures", n=n),
        "calls": lambda n: (
            say("{n} of these calls", n=n)
            if n >= MOST_REFS
            else messages.count("{n} call", "{n} calls", n)
        ),
        "table": say("Table"),
        "group": say("Step"),
        "item": say("What"),
        "series": say("Part"),
        "value": say("Figure"),
        "figure": lambda it: value_text(it.value, it.unit, messages),
        "range": lambda it: range_text(it, messages),
        "number": say("Number"),
        "labelled": lambda one, other: say("{one}: {other}", one=one, other=other),
        "of": lambda count, n: say("{count} of {n}", count=count, n=n),
        "too_few": say("(too few calls to compare)"),
        "made_by": say("Made by callcoach {version}, from the calls in its journal.",
                       version=__version__),
    }  # fmt: skip
