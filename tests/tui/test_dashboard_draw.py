"""Tests of drawing charts: every figure is told, and nothing is wider than it may be."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from callcoach.locale import Messages
from callcoach.reports.sheet import Chart, Figure, Section, Tile, Unit
from callcoach.tui.screens.dashboard_draw import (
    FANCY,
    HIGH,
    MOST_ROWS,
    PLAIN,
    Ink,
    draw_section,
    draw_tiles,
)

ENGLISH = Messages("en")


def share(item: str, count: int, n: int, **more: Any) -> Figure:
    value = count / n if n else None
    return Figure(item, item, value, Unit.SHARE, n, count, **more)


def section(chart: Chart, *figures: Figure) -> Section:
    return Section("id", "Title", "", "calls", "95% interval", chart, figures)


def drawn(given: Section, cells: int = 78, ink: Ink = FANCY) -> list[str]:
    return [line.plain for line in draw_section(given, ENGLISH, ink, cells)]


def test_a_bar_is_as_long_as_its_share_with_its_interval_and_cases_beside_it() -> None:
    title, legend, half, whole = drawn(
        section(Chart.BARS, share("a", 20, 40, low=0.3, high=0.75), share("b", 40, 40, high=1.0))
    )
    assert title == "Title  calls: 40"
    assert half.startswith("a " + "█" * 20 + "─" * 10 + " ")
    assert half.endswith("50% · 20/40")
    assert whole.count("█") == 40
    assert legend.startswith("─ how high chance")


def test_rare_things_have_bars_that_can_be_seen_and_the_legend_says_so() -> None:
    _, legend, row = drawn(section(Chart.BARS, share("a", 5, 100)))
    assert row.count("█") == 20
    assert "a full bar is 10%" in legend


def test_series_are_told_apart_without_colour() -> None:
    open_ = share("a", 10, 20, series="open", series_title="left open")
    put_right = share("a", 10, 20, series="right", series_title="put right")
    for ink in (FANCY, PLAIN):
        _, legend, row = drawn(section(Chart.STACK, open_, put_right), ink=ink)
        assert ink.series[0] * 20 + ink.series[1] * 20 in row
        assert row.endswith("20 · left open 10")
        assert legend == f"{ink.series[0]} left open  {ink.series[1]} put right  "


def test_nobody_is_drawn_by_too_few_cases() -> None:
    _, _, row = drawn(section(Chart.POINTS, share("Ben", 3, 4, is_too_few=True)))
    assert "too few to compare" in row
    assert "75% · 3/4" in row
    assert "█" not in row


def test_what_has_no_bar_is_told_whole_on_as_many_rows_as_it_takes() -> None:
    many = [
        Figure("Ben", "Ben", 0.5, Unit.SHARE, 9, series=str(at), series_title=f"measure {at}")
        for at in range(6)
    ]
    _, first, *more = drawn(section(Chart.NONE, *many), cells=50)
    assert first.startswith("Ben measure 0 50% · measure 1 50%")
    assert more
    assert all(row.startswith("    measure") for row in more)
    assert "…" not in first + "".join(more)
    assert more[-1].endswith("measure 5 50%")


def test_time_runs_from_left_to_right_with_its_ends_named() -> None:
    figures = [share(f"{day} Nov", count, 8) for day, count in ((1, 0), (2, 4), (3, 8))]
    lines = drawn(section(Chart.LINE, *figures))
    assert len(lines) == 1 + HIGH + 2
    assert lines[1].startswith(" 100% ")
    assert lines[HIGH].startswith("   0% ")
    columns = [sum(lines[1 + row][6 + at * 6] == "█" for row in range(HIGH)) for at in range(3)]
    assert columns == [0, 2, 5]
    assert lines[-2].split() == ["1", "Nov", "2", "Nov", "3", "Nov"]
    assert lines[-1].strip() == "3 Nov: 100% · 8/8"


def test_of_many_cues_those_said_least_are_shown_in_the_order_of_the_script() -> None:
    figures = [share(f"c{at:02}", 100 - at, 100, group="s") for at in range(MOST_ROWS + 10)]
    lines = drawn(section(Chart.BARS, *figures))
    names = [line.split()[0] for line in lines if line.startswith("c")]
    assert names == [f"c{at:02}" for at in range(10, MOST_ROWS + 10)]
    assert "… and 10 more, in callcoach report" in lines


def test_the_first_glance_stands_side_by_side_where_it_fits() -> None:
    tiles = [Tile("calls", "492", "on 30 days"), Tile("promises", "5%", "27 of 492")]
    assert len(draw_tiles(tiles, 80)) == 1
    narrow = [line.plain.rstrip() for line in draw_tiles(tiles, 30)]
    assert narrow == ["492 calls (on 30 days)", "5% promises (27 of 492)"]
    assert draw_tiles([], 80) == []


TITLES = ("Anna", "把还款金额与日期复述一遍给客户听", "\x1b[31m", "a\nb", "x" * 40, "")


@given(st.integers(0, 10**9), st.integers(60, 160))
def test_whatever_the_figures_are_they_can_be_drawn(seed: int, cells: int) -> None:
    chance = Random(seed)
    figures = [
        Figure(
            item=chance.choice("abcd"),
            title=chance.choice(TITLES),
            value=chance.choice((None, 0.0, chance.random(), 1.0)),
            unit=chance.choice(list(Unit)),
            n=chance.choice((0, 1, 10**6)),
            count=chance.randrange(10**6),
            high=chance.choice((None, chance.random())),
            group=chance.choice(("", "g")),
            group_title=chance.choice(TITLES),
            series_title=chance.choice(TITLES),
            is_too_few=chance.random() < 0.2,
        )
        for _ in range(chance.randrange(1, 12))
    ]
    for chart in Chart:
        for ink in (FANCY, PLAIN):
            lines = draw_section(section(chart, *figures), ENGLISH, ink, cells)
            assert "calls: " in lines[0].plain
            assert not any("\n" in line.plain or "\x1b" in line.plain for line in lines)
            assert max(line.cell_length for line in lines) <= cells
