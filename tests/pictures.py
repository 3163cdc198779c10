"""Draws the pictures of the documentation from the real call screen: `python3 make.py docs`."""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from callcoach.call.inputs import Hear, Input, OpenObjection, SayLine, TakeExit
from callcoach.call.live import LiveCall
from callcoach.cli.desk import Desk
from callcoach.cli.workplace import Workplace
from callcoach.script.model import ExitId, LineId, Speaker, StepId
from callcoach.tui.app import CallcoachApp
from callcoach.tui.ports import Order
from callcoach.tui.wayfinder import Wayfinder

DOCS = Path(__file__).resolve().parents[1] / "docs"
SIZE = (108, 32)
_FONTS = (
    "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"
)
_SLIP = {"en": "I see. You really need to pay today.", "zh": "我知道了，不过您今天就还清吧。"}
_ANSWER = {"en": "I lost my job in October, that's why.", "zh": "十月份我失业了，所以没还上。"}
_NAMES = {"en": "Ms Wang", "zh": "王女士"}
PICTURES = {"en": "call.svg", "zh": "call.zh.svg"}
"""The files in docs/, by language."""


class _StoppedClock:
    """A call's time, moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        """Return the time."""
        return self.at


def draw(language: str) -> str:
    """Return the call screen in the middle of a call, as SVG that asks for nothing from outside."""
    with tempfile.TemporaryDirectory() as home:
        config = Path(home, "config")
        config.touch()
        place = Workplace({"language": language, "journal": f"{home}/journal.db"}, str(config))
        desk, clock, way = Desk(place), _StoppedClock(), Wayfinder()
        loaded = desk.load("overdue")
        if loaded.script is None:
            raise RuntimeError("the shipped pack does not load")
        given = loaded.script.given_facts
        known: dict[str, str] = {
            fact.id: fact.example.plain(language) for fact in given if fact.example
        }
        known["courtesy.customer_name"] = _NAMES[language]
        live = desk.begin(Order("overdue", "call", language, known, seed=1), clock)
        _walk(live, clock, language)
        app = CallcoachApp(desk, lambda: way.call_screen(live))
        way.guide(app)
        return _plain(asyncio.run(_screenshot(app)))


def _walk(live: LiveCall, clock: _StoppedClock, language: str) -> None:
    """Take the call to the point that the picture shows."""
    agent, customer = Speaker.AGENT, Speaker.CUSTOMER
    told = {"en": "March 15, 1990.", "zh": "1990年3月15日。"}[language]
    inputs: tuple[tuple[float, Input], ...] = (
        (4.0, SayLine(LineId("courtesy.hello"))),
        (7.0, SayLine(LineId("courtesy.who_is_it"))),
        (10.0, TakeExit(ExitId("reached"))),
        (15.0, SayLine(LineId("courtesy.recording"))),
        (18.0, TakeExit(ExitId("agreed"))),
        (21.0, SayLine(LineId("courtesy.good_time"))),
        (24.0, TakeExit(ExitId("now"))),
        (31.0, SayLine(LineId("overdue.ask_identity"))),
        (36.0, Hear(customer, told)),
        (38.0, TakeExit(ExitId("verified"))),
        (46.0, SayLine(LineId("overdue.what_is_due"))),
        (52.0, Hear(customer, _ANSWER[language])),
        (56.0, Hear(agent, _SLIP[language])),
        (58.0, OpenObjection(StepId("overdue.hardship"))),
    )
    for at, given in inputs:
        clock.at = at
        live.feed(given)
    clock.at = 61.0


async def _screenshot(app: CallcoachApp) -> str:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        return app.export_screenshot(title="callcoach")


def _plain(svg: str) -> str:
    """Return the picture with fonts that the reader has, and ids that are the same every time."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?Fira Code[^;]*;", f"font-family: {_FONTS};", svg)
    svg = re.sub(r"terminal-\d+", "callcoach", svg)
    svg = svg.replace("<!-- Generated with Rich https://www.textualize.io -->", "")
    return re.sub(r"[ \t]+\n", "\n", svg)


def main() -> None:
    """Write the pictures."""
    os.environ.pop("NO_COLOR", None)
    for language, name in PICTURES.items():
        (DOCS / name).write_text(draw(language), encoding="utf-8")


if __name__ == "__main__":
    main()
