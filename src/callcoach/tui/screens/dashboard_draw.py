"""Draws the sections of a report in a terminal: bars, columns over time, and how many cases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual.content import Content

from callcoach.locale import Messages
from callcoach.reports.sheet import Chart, Figure, Section, Tile, Unit
from callcoach.reports.values import range_text, short_value, value_text
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width

MOST_ROWS = 20
"""Rows of a section; the report has the rest."""
HIGH = 5
"""Rows of a chart over time."""
_LEAST_BAR, _MOST_BAR = 6, 40
_AXIS = 5
_BETWEEN = " · "
"""Stands between the figures of a row."""
_TOPS = (0.1, 0.25, 0.5, 1.0)
_STYLES = ("$primary", "$warning", "$secondary", "$accent", "$success")


Row = tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Ink:
    """What charts are drawn with."""

    ramp: str
    """A cell from empty to full."""
    series: str
    """Full cells that are told apart without colour, one for each series."""
    interval: str


FANCY = Ink(" ▁▂▃▄▅▆▇█", "█▓░▚▞", "─")
PLAIN = Ink("  ..::##", "#=-+~", ".")
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def draw_tiles(tiles: Sequence[Tile], cells: int) -> list[Content]:
    """Return the figures of the first glance, beside one another where they fit."""
    drawn = [_tile(tile) for tile in tiles]
    each = max((it.cell_length for it in drawn), default=0) + 3
    beside = max(cells // each, 1) if each else 1
    return [
        Content.assemble(*(it.pad_right(each - it.cell_length) for it in drawn[at : at + beside]))
        for at in range(0, len(drawn), beside)
    ]


def _tile(tile: Tile) -> Content:
    return Content.assemble(
        (display(tile.value), "bold $accent"),
        " ",
        (display(tile.title), "$foreground"),
        " ",
        (f"({display(tile.detail)})", "dim"),
    )


def draw_section(section: Section, messages: Messages, ink: Ink, cells: int) -> list[Content]:
    """Return a section as lines of at most so many cells."""
    lines = [_title(section, messages, cells)]
    if section.chart in (Chart.COLUMNS, Chart.LINE):
        return lines + list(_over_time(section, messages, cells, ink))
    lines += _legend(section, messages, cells, ink)
    rows = rows_of(section)
    shown = _chosen(rows)
    names = [display(row[0].title) for row in shown]
    told = [_told(row, section, messages) for row in shown]
    room = min(max(map(width, names), default=0), cells * 2 // 5)
    least = 0 if section.chart is Chart.NONE else _LEAST_BAR
    right = min(max(map(width, told), default=0), cells - room - least - 2)
    bar = min(max(cells - room - right - 2, _LEAST_BAR), _MOST_BAR)
    top, group = _top(section), ""
    for row, name, value in zip(shown, names, told, strict=True):
        if row[0].group != group:
            group = row[0].group
            lines.append(Content.styled(clip(display(row[0].group_title), cells), "dim"))
        head = (f"{pad(clip(name, room), room)} ", "$foreground")
        if section.chart is Chart.NONE:
            first, *rest = _folded(value, right)
            lines.append(Content.assemble(head, (first, "bold")))
            lines += [Content.styled(" " * (room + 1) + part, "bold") for part in rest]
            continue
        drawn = _drawn(row, bar, top, ink, messages)
        gap = bar - drawn.cell_length + 1
        lines.append(Content.assemble(head, drawn, " " * gap, (clip(value, right), "bold")))
    if len(rows) > len(shown):
        more = messages.say("… and {n} more, in callcoach report", n=len(rows) - len(shown))
        lines.append(Content.styled(clip(more, cells), "dim"))
    return lines


def _folded(told: str, cells: int) -> list[str]:
    """Return figures as rows of at most so many cells; none is broken that has room on one."""
    rows: list[str] = []
    for figure in told.split(_BETWEEN):
        longer = f"{rows[-1]}{_BETWEEN}{figure}" if rows else figure
        if rows and width(longer) <= cells:
            rows[-1] = longer
        else:
            rows.append(clip(figure, cells))
    return rows


def _drawn(row: Row, cells: int, top: float, ink: Ink, messages: Messages) -> Content:
    """Return the bar of a row; nobody is compared by too few cases."""
    if row[0].is_too_few:
        return Content.styled(clip(messages.say("too few to compare"), cells), "dim")
    return _bar(row, cells, top, ink)


def rows_of(section: Section) -> list[Row]:
    """Return the figures by what they are about: one, or one for each series."""
    found = groupby(section.figures, lambda it: (it.group, it.item))
    return [tuple(figures) for _, figures in found]


def _chosen(rows: list[Row]) -> list[Row]:
    """Return as many rows as are shown: the first ones; of cues by step those said least."""
    if len(rows) <= MOST_ROWS or not rows[0][0].group:
        return rows[:MOST_ROWS]
    places = sorted(range(len(rows)), key=lambda at: rows[at][0].value or 0.0)[:MOST_ROWS]
    return [rows[at] for at in sorted(places)]


def _title(section: Section, messages: Messages, cells: int) -> Content:
    """Return the title with what `n` counts."""
    ns = sorted({figure.n for figure in section.figures})
    n = str(ns[0]) if len(ns) == 1 else f"{ns[0]}–{ns[-1]}"
    cases = messages.say("{cases}: {n}", n=n, cases=section.cases)
    title = clip(display(section.title), max(cells - width(cases) - 2, 8))
    return Content.assemble((title, "bold $accent"), "  ", (display(cases), "dim"))


def _told(row: Row, section: Section, messages: Messages) -> str:
    """Return the figures of a row as text; of a bar of several parts the whole, then the first."""
    if len(row) == 1:
        told, span = short_value(row[0], messages), range_text(row[0], messages)
        return f"{told} ({span})" if row[0].unit is not Unit.SHARE and span else told
    if section.chart is Chart.NONE:
        each = (
            f"{display(it.series_title)} {value_text(it.value, it.unit, messages)}" for it in row
        )
        return _BETWEEN.join(each)
    count, n = sum(it.count or 0 for it in row), row[0].n
    whole = f"{count / n:.0%} · {count}/{n}" if n and count != n else str(n)
    first = f"{display(row[0].series_title)} {row[0].count}"
    return whole if row[0].count == count else f"{whole} · {first}"


def _top(section: Section) -> float:
    """Return what a full bar stands for: of rare things a small share, told in the legend."""
    values = [figure.value or 0.0 for figure in section.figures]
    match section.figures[0].unit:
        case Unit.SHARE if section.chart is Chart.BARS:
            highest = max(figure.high or figure.value or 0.0 for figure in section.figures)
            return next((top for top in _TOPS if top >= highest), 1.0)
        case Unit.SHARE if section.chart is Chart.STACK:
            highest = max(sum(it.value or 0.0 for it in row) for row in rows_of(section))
            return next((top for top in _TOPS if top >= highest), 1.0)
        case Unit.SHARE:
            return 1.0
        case Unit.PERCENT:
            return max(100.0, *values)
        case _:
            return max(*values, 1.0)


def _bar(figures: Row, cells: int, top: float, ink: Ink) -> Content:
    """Return a bar; a thin line goes on to the end of the interval."""
    if len(figures) == 1:
        share = (figures[0].value or 0.0) / top
        drawn = _filled(share, cells, ink)
        high = round(min((figures[0].high or 0.0) / top, 1.0) * cells)
        line = ink.interval * max(high - len(drawn), 0)
        return Content.assemble((drawn, _STYLES[0]), (line, "dim"))
    parts: list[tuple[str, str]] = []
    begun, whole = 0, 0.0
    for at, figure in enumerate(figures):
        whole += (figure.value or 0.0) / top
        end = round(min(whole, 1.0) * cells)
        parts.append((ink.series[at % len(ink.series)] * (end - begun), _STYLES[at % len(_STYLES)]))
        begun = end
    return Content.assemble(*parts)


def _filled(share: float, cells: int, ink: Ink) -> str:
    eighths = round(min(max(share, 0.0), 1.0) * cells * 8)
    full, rest = divmod(eighths, 8)
    end = _EIGHTHS[rest] if rest and ink is FANCY else ""
    return ink.series[0] * full + end


def _legend(section: Section, messages: Messages, cells: int, ink: Ink) -> Iterator[Content]:
    """Yield what the signs of a bar mean, where that is not plain."""
    series = dict.fromkeys(figure.series_title for figure in section.figures)
    parts: list[tuple[str, str]] = []
    if section.chart is Chart.NONE:
        return
    if len(series) > 1:
        for at, title in enumerate(series):
            parts.append((f"{ink.series[at % len(ink.series)]} ", _STYLES[at % len(_STYLES)]))
            parts.append((f"{display(title)}  ", "dim"))
    else:
        if section.span:
            told = messages.say("how high chance may take it (95%)")
            parts.append((f"{ink.interval} {told}  ", "dim"))
        if (top := _top(section)) < 1.0:
            parts.append((messages.say("a full bar is {share}", share=f"{top:.0%}"), "dim"))
    if parts:
        yield Content.assemble(*parts).truncate(cells)


def _over_time(section: Section, messages: Messages, cells: int, ink: Ink) -> Iterator[Content]:
    """Yield columns from left to right, with what the first, the last and the highest stand for."""
    room = max(cells - _AXIS - 1, 4)
    figures = section.figures[-room:]
    each = max(min(room // len(figures), 6), 1)
    gap = 1 if each > 2 else 0
    top, unit = _top(section), figures[0].unit
    levels = [
        0.0 if figure.is_too_few else min((figure.value or 0.0) / top, 1.0) * HIGH
        for figure in figures
    ]
    steps = len(ink.ramp) - 1
    for row in range(HIGH):
        axis = {0: value_text(top, unit, messages), HIGH - 1: value_text(0, unit, messages)}.get(
            row, ""
        )
        below = HIGH - 1 - row
        line = "".join(
            ink.ramp[round(min(max(level - below, 0.0), 1.0) * steps)] * (each - gap) + " " * gap
            for level in levels
        )
        yield Content.assemble((axis.rjust(_AXIS) + " ", "dim"), (line.rstrip(), _STYLES[0]))
    titles = _beneath([display(it.title) for it in figures], each)
    yield Content.styled(clip(" " * (_AXIS + 1) + titles, cells), "dim")
    if section.chart is Chart.LINE:
        when = display(figures[-1].title)
        last_told = messages.say(
            "{when}: {figure}", when=when, figure=short_value(figures[-1], messages)
        )
        yield Content.styled(clip(" " * (_AXIS + 1) + display(last_told), cells), "$foreground")


def _beneath(titles: Sequence[str], each: int) -> str:
    """Return titles below columns `each` cells wide: as many as have room, the last too."""
    last = max(each * (len(titles) - 1), width(titles[0]) + 1)
    line = ""
    for at, title in enumerate(titles[:-1]):
        begins, ends = each * at, each * at + width(title)
        if (begins >= width(line) + (1 if line else 0) and ends < last) or not line:
            line = pad(line, begins) + title
    return line if len(titles) < 2 else f"{pad(line, last)}{titles[-1]}"
