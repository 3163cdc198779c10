"""The rows of the calls that can be judged, for terminals of any width."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from callcoach.archive.ids import short
from callcoach.call.names import outcome_name
from callcoach.review.state import Status, status_name
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width

if TYPE_CHECKING:
    from callcoach.tui.look import Look
    from callcoach.tui.reviews import Case

_ROOMY, _WIDE, _USUAL, _NARROW = 130, 100, 72, 48
"""From so many cells on a row has its own column for what was flagged, a call's own name, the
length, the outcome."""
_STATUS = 26
"""The cells of the status where something stands behind it."""


def columns(room: int, has_names: bool) -> Mapping[str, int]:
    """Return how many cells each column has, in order; the last one has what is left."""
    if room >= _WIDE:
        names = {"name": 21} if has_names else {}
        found = {"day": 6, "call": 9, **names, "agent": 12, "length": 7, "outcome": 18, "flags": 11}
    elif room >= _USUAL:
        call, outcome = (13, 12) if has_names else (9, 15)
        found = {"day": 6, "call": call, "agent": 8, "length": 7, "outcome": outcome, "flags": 11}
    elif room >= _NARROW:
        call = 11 if has_names else 9
        found = {"day": 6, "call": call, "agent": 8, "outcome": 9, "flags": 8}
    else:
        found = {"call": 9, "agent": 7, "flags": 6}
    rest = room - 2 - sum(found.values())
    if room >= _ROOMY:
        return {**found, "status": _STATUS, "flagged": rest - _STATUS}
    return {**found, "status": max(rest, 6)}


def head(layout: Mapping[str, int], look: Look) -> str:
    """Return what the columns are called."""
    say = look.messages.say
    names = {
        "day": say("Day"),
        "call": say("Call"),
        "name": say("Its own id"),
        "agent": say("Agent"),
        "length": say("Length"),
        "outcome": say("Outcome"),
        "flags": f"{say('Flags')}/{say('risk')}",
        "status": say("Status"),
        "flagged": say("What was flagged"),
    }
    cells = (pad(clip(display(names[it]), max(n - 1, 1)), n) for it, n in layout.items())
    return "  " + "".join(cells).rstrip()


def row(case: Case, layout: Mapping[str, int], look: Look, person: str) -> Content:
    """Return a case as a row, as somebody sees it."""
    call, signs = case.call, look.signs
    sign, style = {
        None: (signs.unmet, "$foreground"),
        Status.DRAFT: (signs.pen, "$accent"),
        Status.APPEALED: (signs.alarm, "$warning bold"),
    }.get(case.status, (signs.met, "$success"))
    is_named = bool(case.name) and "name" not in layout and layout["call"] > len(short(call.id)) + 1
    ended = outcome_name(call.outcome, display(case.outcome), look.messages)
    told = {
        "day": (call.local_start[5:10], "dim"),
        "call": (case.name if is_named else short(call.id), "dim"),
        "name": (case.name, "$foreground"),
        "agent": (call.agent or "–", "$foreground"),
        "length": (f"{clock(call.last_at):>6}", "dim"),
        "outcome": (ended, "$accent"),
        "flags": (
            f"{signs.warning}{len(case.flags)} {case.risk:g}" if case.risk else "",
            "$error" if "critical" in case.severities else "$warning",
        ),
        "status": (state(case, look, person), style),
        "flagged": (" · ".join(case.flags), "dim"),
    }
    last = [*layout][-1]
    parts: list[tuple[str, str]] = [(f"{sign} ", style)]
    for column, cells in layout.items():
        text, style = told[column]
        most = cells if column == last else cells - 1
        shown = _ending(text, most) if column in ("call", "name") else display(text)
        parts.append((pad(clip(shown, most), cells), style))
    return Content.assemble(*parts)


def state(case: Case, look: Look, person: str) -> str:
    """Return how far a case is, and in whose hands."""
    say = look.messages.say
    if case.status is None:
        return say("to judge") if case.is_waiting else ""
    score = say("blind") if case.is_blind else ""
    if case.percent is not None:
        score = f"{case.percent:.0f}%"
    by = "" if case.reviewer == person else case.reviewer
    also = say("also {name}", name=case.also) if case.also else ""
    return " ".join(it for it in (say(status_name(case.status)), score, by, also) if it)


def _ending(name: str, cells: int) -> str:
    """Return a name, of one that is too long its end: that is what tells ids apart."""
    shown = display(name)
    if width(shown) <= cells:
        return shown
    while shown and width(shown) > cells - 1:
        shown = shown[1:]
    return f"…{shown}"
