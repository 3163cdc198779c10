"""Draws the figures of a section as shapes, for a page that is as wide as its reader wants.

Across, places are percentages; down, pixels: so text keeps its size on a phone and on paper.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from callcoach.call.explain import Phrasebook
from callcoach.reports.parts import Timeline
from callcoach.reports.shapes import (
    Box,
    Canvas,
    Dot,
    Drawing,
    Row,
    Rows,
    Shape,
    Stroke,
    Text,
    named,
)
from callcoach.reports.sheet import MOST_REFS, Chart, Figure, Section, Unit
from callcoach.reports.values import short_value

_LINE = 20
"""Pixels from one line of text to the next."""
_BAR = 12
_PLOT = 150
"""The height of columns and lines, in pixels."""
_FRAME_LEFT, _FRAME_RIGHT = 9.0, 98.0
"""Where lines and columns begin and end, in percent; figures of the axis stand before."""
_MOST_LABELS = 6
_EDGE = 5.0
"""So near to an edge, in percent, the middle of a label is not."""
_RADIUS = 0.8
"""Of a flag on a timeline, about, in percent, so that none is cut off."""
_SCALES = (0.1, 0.25, 0.5, 1.0)
MOST_ROWS = 40
"""Of a chart: nobody reads more; the table has all."""


def draw(section: Section, messages: Phrasebook) -> tuple[Drawing | Rows, ...]:
    """Return the charts of a section: one, or one for each group; none where nothing is drawn."""
    paint = _PAINTERS.get(section.chart)
    if paint is None or not section.figures:
        return ()
    return tuple(paint(section, messages))


def _rows(section: Section, most: float, make: Callable[[Sequence[Figure]], Row]) -> Iterator[Rows]:
    """Yield charts of bars, one for each group, with a bar for each item."""
    for title, in_group in groupby(section.figures, lambda it: it.group_title):
        items = [list(own) for _, own in groupby(in_group, lambda it: it.item)]
        drawn = [own for own in items if own[0].value is not None and not own[0].is_too_few]
        rows = tuple(map(make, drawn[:MOST_ROWS]))
        if rows:
            yield Rows(title, rows, f"{most:.0%}", len(drawn) - len(rows))


def _bars(section: Section, messages: Phrasebook) -> Iterator[Rows]:
    most = _scale(section.figures)

    def make(own: Sequence[Figure]) -> Row:
        figure = own[0]
        bar = Drawing(
            _BAR,
            named(
                Box(0, 0, 100, _BAR, "track"),
                Box(0, 0, _part(figure.value, most), _BAR, "bar"),
                *_whisker(figure, most),
            ),
        )
        return Row(figure.title, short_value(figure, messages), bar, calls=figure.calls)

    return _rows(section, most, make)


def _points(section: Section, messages: Phrasebook) -> Iterator[Rows]:
    middle = _BAR / 2
    at = None if section.reference is None else section.reference * 100

    def make(own: Sequence[Figure]) -> Row:
        figure = own[0]
        shapes: list[Shape] = [Stroke(0, middle, 100, middle, "grid")]
        if at is not None:
            shapes.append(Stroke(at, -4, at, _BAR + 4, "reference"))
        shapes += [*_whisker(figure, 1.0), Dot(_part(figure.value, 1.0), middle, 6, "dot")]
        drawing = Drawing(_BAR, named(*shapes))
        return Row(figure.title, short_value(figure, messages), drawing, calls=figure.calls)

    return _rows(section, 1.0, make)


def _stack(section: Section, _messages: Phrasebook) -> Iterator[Rows]:
    each = [list(own) for _, own in groupby(section.figures, lambda it: (it.group, it.item))]
    sums = [sum(it.value or 0 for it in own) for own in each]
    most = next((it for it in _SCALES if it >= max(sums, default=0) - 1e-9), 1.0)

    def make(own: Sequence[Figure]) -> Row:
        shapes: list[Shape] = [Box(0, 0, 100, _BAR, "track")]
        at = 0.0
        for figure in own:
            size = _part(figure.value, most)
            shapes.append(Box(at, 0, size, _BAR, f"s-{figure.series}", figure.series_title))
            at += size
        told = [f"{it.value or 0:.0%} {it.series_title} ({it.count})" for it in own if it.count]
        bar = Drawing(_BAR, named(*shapes))
        count, n = sum(it.count or 0 for it in own), own[0].n
        value = str(n) if count == n else f"{count / n:.0%} · {count}/{n}"
        calls = tuple(dict.fromkeys(ref for it in own for ref in it.calls))[:MOST_REFS]
        return Row(own[0].title, value, bar, " · ".join(told), calls)

    return _rows(section, most, make)


def _columns(section: Section, messages: Phrasebook) -> Iterator[Drawing]:
    figures, sheet = section.figures, Canvas(_LINE)
    most = max((it.value or 0 for it in figures), default=0) or 1
    bottom = sheet.y + _PLOT
    sheet.add(Stroke(0, bottom, 100, bottom, "axis"))
    room = 100 / len(figures)
    every = -(-len(figures) // _MOST_LABELS)
    for at, figure in enumerate(figures):
        height = (figure.value or 0) / most * (_PLOT - 4)
        middle = (at + 0.5) * room
        told = f"{figure.title}: {short_value(figure, messages)}"
        sheet.add(Box(at * room + room * 0.12, bottom - height, room * 0.76, height, "bar", told))
        if at % every == 0:
            x, anchor = _label_place(middle)
            sheet.add(Text(x, bottom + 15, figure.title, "tick", anchor))
        if figure.value and (at % every == 0 or len(figures) <= 2 * _MOST_LABELS):
            number = str(figure.count if figure.count is not None else round(figure.value))
            sheet.add(Text(middle, bottom - height - 5, number, "tick", "middle"))
    sheet.y = bottom + _LINE
    yield sheet.done()


def _drawn(figure: Figure) -> float | None:
    """Return where a figure is drawn; None where it is not, being unknown or of too few cases."""
    return None if figure.is_too_few else figure.value


def _line(section: Section, messages: Phrasebook) -> Iterator[Drawing]:
    figures = section.figures
    known = [it for it in figures if _drawn(it) is not None]
    whole = 100.0 if figures[0].unit is Unit.PERCENT else 1.0
    most = max(1.0, *((it.high or it.value or 0) / whole for it in known), 0.0)
    sheet, bottom = Canvas(10), 10.0 + _PLOT
    for part in (0.0, 0.5, 1.0):
        y = bottom - part / most * _PLOT
        sheet.add(
            Stroke(_FRAME_LEFT, y, 100, y, "grid"),
            Text(_FRAME_LEFT - 1, y + 4, f"{part:.0%}", "tick", "end"),
        )
    wide = (_FRAME_RIGHT - _FRAME_LEFT - 2) / max(len(figures) - 1, 1)
    places = [(_FRAME_LEFT + 2 + at * wide, it) for at, it in enumerate(figures)]

    def height(value: float) -> float:
        return bottom - value / whole / most * _PLOT

    for x, figure in places:
        is_known = _drawn(figure) is not None
        if is_known and figure.low is not None and figure.high is not None:
            sheet.add(Stroke(x, height(figure.low), x, height(figure.high), "whisker"))
    for (x, one), (to_x, other) in pairwise(places):
        value, next_value = _drawn(one), _drawn(other)
        if value is not None and next_value is not None:
            sheet.add(Stroke(x, height(value), to_x, height(next_value), "line"))
    every = -(-len(figures) // _MOST_LABELS)
    for at, (x, figure) in enumerate(places):
        told = f"{figure.title}: {short_value(figure, messages)}"
        value = _drawn(figure)
        if value is not None:
            sheet.add(Dot(x, height(value), 4.5, "dot", told))
        if at % every == 0 and figure.n:
            x, anchor = _label_place(x)
            sheet.add(Text(x, bottom + 18, figure.title, "tick", anchor))
            sheet.add(Text(x, bottom + 34, f"({figure.n})", "tick", anchor))
    sheet.y = bottom + 2 * _LINE
    yield sheet.done()


def draw_timeline(line: Timeline) -> Drawing:
    """Return a timeline: a row for each voice, for the steps, and for the flags."""
    sheet = Canvas()
    for lane in line.lanes:
        sheet.add(Text(0, sheet.y + 14, lane.title, "note"))
        sheet.y += _LINE
        sheet.add(Box(0, sheet.y, 100, _BAR, "track"))
        for at, mark in enumerate(lane.marks):
            start, end = mark.start * 100, mark.end * 100
            if mark.start == mark.end:
                x = min(max(start, _RADIUS), 100 - _RADIUS)
                sheet.add(Dot(x, sheet.y + _BAR / 2, 5, mark.kind, mark.title))
            else:
                style = f"{mark.kind} {'odd' if at % 2 else 'even'}"
                sheet.add(Box(start, sheet.y, max(end - start, 0.3), _BAR, style, mark.title))
        sheet.y += _BAR + 8
    for place, time in line.ticks:
        sheet.add(Stroke(place * 100, 4, place * 100, sheet.y, "grid"))
        x, anchor = _label_place(place * 100)
        sheet.add(Text(x, sheet.y + 14, time, "tick", anchor))
    sheet.y += _LINE
    return sheet.done()


def _label_place(x: float) -> tuple[float, str]:
    """Return where a label under `x` stands, so that it does not run over the edge."""
    if x < _EDGE:
        return 0.0, "start"
    return (100.0, "end") if x > 100 - _EDGE else (x, "middle")


def _whisker(figure: Figure, most: float) -> Iterator[Stroke]:
    if figure.low is not None and figure.high is not None:
        low, high = _part(figure.low, most), _part(figure.high, most)
        yield Stroke(low, _BAR / 2, high, _BAR / 2, "whisker")


def _scale(figures: Sequence[Figure]) -> float:
    """Return the end of the scale: the least of a few round shares that has room for all."""
    most = max((it.high or it.value or 0 for it in figures if not it.is_too_few), default=1.0)
    return next((it for it in _SCALES if it >= most), 1.0)


def _part(value: float | None, most: float) -> float:
    return min((value or 0) / most, 1.0) * 100


_PAINTERS: Mapping[Chart, Callable[[Section, Phrasebook], Iterator[Drawing | Rows]]] = {
    Chart.BARS: _bars,
    Chart.POINTS: _points,
    Chart.STACK: _stack,
    Chart.COLUMNS: _columns,
    Chart.LINE: _line,
}
