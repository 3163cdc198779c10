"""Puts the widgets of a screen together so that no wide character is lost above a hidden edge.

Textual cuts the line of every widget wherever any widget begins or ends, also where that one lies
hidden beneath. A character of two cells that lies across such a cut becomes two blanks, so that a
notice over the edge of two panes would lose words. Here a line is cut only where an edge is seen.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

_Run = tuple[int, int]
"""Cells of a row: from, and up to."""


class WholeCompositor(Compositor):
    """Draws as Textual's does, but cuts no line at an edge that something covers."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what is to be drawn anew: whole runs of one widget, which no edge cuts."""
        dirty = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not dirty:
            return None
        spans = list(self._regions_to_spans(dirty))
        rows = {y for y, _, _ in spans}
        around = Region.from_union(dirty).intersection(self.size.region)
        chops = self._render_chops(around, rows.__contains__)
        spans = [span for span in spans if span[0] < len(chops)]
        if any(_widened(from_, to, chops[y]) != (from_, to) for y, from_, to in spans):
            # What is drawn reaches further than what is dirty: those beside it matter, too.
            across = Region(0, around.y, self.size.width, around.height)
            chops = self._render_chops(across, rows.__contains__)
        ends = [[x + strip.cell_length for x, strip in row.items()] for row in chops]
        whole = [(y, *_widened(from_, to, chops[y])) for y, from_, to in spans]
        return ChopsUpdate(chops, whole, ends) if whole else None

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return the rows as strips by the cell at which they begin, from left to right."""
        width, height = self.size
        free: list[list[_Run]] = [[(0, width)] for _ in range(height)]
        drawn: list[dict[int, Strip]] = [{} for _ in range(height)]
        for region, clip, strips in self._get_renders(crop):  # the foremost first
            place = region.intersection(clip)
            left, right = place.column_span
            for y, strip in zip(place.line_range, strips, strict=False):
                if not (0 <= y < height and free[y] and is_rendered_line(y)):
                    continue
                rest: list[_Run] = []
                for start, end in free[y]:
                    first, last = max(start, left), min(end, right)
                    if first >= last:
                        rest.append((start, end))
                        continue
                    drawn[y][first] = strip.crop(first - left, last - left)
                    rest += [run for run in ((start, first), (last, end)) if run[0] < run[1]]
                free[y] = rest
        return [dict(sorted(row.items())) for row in drawn]


def compose_whole(screen: Screen[Any]) -> None:
    """Let a screen that is not shown yet be put together so that nothing is lost."""
    if not isinstance(screen._compositor, WholeCompositor):  # noqa: SLF001 - there is no other way
        screen._compositor = WholeCompositor()  # noqa: SLF001


def _widened(start: int, end: int, row: Mapping[int, Strip]) -> _Run:
    """Return a span that ends where strips do."""
    for x, strip in row.items():
        last = x + strip.cell_length
        if x < end and last > start:
            start, end = min(start, x), max(end, last)
    return start, end
