"""Calls to be judged, made once and copied into the home of every test."""

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from textual.pilot import Pilot

from callcoach.archive.reviews import Queue, Reviews, save_queue
from callcoach.cli.desk import Desk
from callcoach.cli.main import main
from callcoach.cli.workplace import Workplace
from callcoach.review.state import ReviewState
from callcoach.review.store import read_state
from callcoach.script.library import Library, shipped_folder
from callcoach.script.load import Loaded
from callcoach.tui.app import CallcoachApp
from callcoach.tui.screens.review import ReviewScreen
from callcoach.tui.wayfinder import Wayfinder
from tests.sessions import shipped_coach
from tests.support import SHARED_CACHE
from tests.tui.stage import set_home, stage

Row = tuple[str, str, float, float]
ROUGH: tuple[Row, ...] = (
    ("agent", "您好，我是远航金融的小李，请问您是王女士本人吗？", 0.5, 5.2),
    ("customer", "我是，什么事？", 5.8, 7.5),
    ("agent", "请问您现在说话方便吗？", 8.0, 10.1),
    ("customer", "你说吧，我最近刚丢了工作，手头很紧。", 10.6, 14.0),
    ("agent", "您这期还款八百五十元逾期三天了，今天能还吗？", 13.0, 18.5),
    ("customer", "我说了没钱！", 19.0, 20.4),
    ("agent", "再不还我们就上门去找你单位，闭嘴听我说。", 24.0, 29.0),
    ("customer", "你这是威胁我，我要投诉你们。", 29.5, 33.0),
    ("agent", "好的，那我下周再联系您，谢谢，再见。", 36.0, 40.0),
)
SHORT: tuple[Row, ...] = (
    ("agent", "Good morning, this is Anna from Fairway. Is that Ms Wang?", 0.5, 4.0),
    ("customer", "You have the wrong number.", 4.5, 6.0),
    ("agent", "I am sorry for the trouble. Thank you and goodbye.", 6.5, 9.0),
)
FORM = """\
callcoach: 1
form: brief
version: "1"
title: {zh: 简表, en: Brief form}
languages: [zh, en]
pack: courtesy
bands:
  80: {zh: 达标, en: Meets it}
  0: {zh: 不达标, en: Below it}
sections:
  all:
    title: {zh: 全部, en: Everything}
    questions:
      greets: {zh: 先问好, en: Greets first, cue: courtesy.greet}
      clear: {zh: 说得清楚, en: Was clear}
      share:
        zh: 坐席说话占多少
        en: Share of talking
        metric: talk_ratio
        ranges: {..60%: 1, 60%..: 0.5}
      threatens:
        zh: 威胁客户
        en: Threatens
        answers: no_yes
        flag: courtesy.threat
        fails: form
        comment: below_full
"""


@cache
def _made() -> TemporaryDirectory[str]:
    """Return a folder with a journal in which two calls of Li's wait to be judged."""
    made = TemporaryDirectory()
    folder = Path(made.name)
    with pytest.MonkeyPatch.context() as patch:
        set_home(folder, patch)
        patch.setenv("XDG_CACHE_HOME", str(SHARED_CACHE))
        patch.chdir(folder)
        for name, rows in (("rough", ROUGH), ("short", SHORT)):
            said = [
                {"speaker": who, "text": text, "stime": start, "etime": end}
                for who, text, start, end in rows
            ]
            file = folder / f"{name}.json"
            file.write_text(json.dumps(said), encoding="utf-8")
            with pytest.raises(SystemExit) as done:
                main(["--pack", "courtesy", "review", "import", str(file), "--agent-name", "Li"])
            assert not done.value.code
    return made


@cache
def _loaded(pack: str) -> Loaded:
    """Return a shipped pack, loaded once for all tests."""
    return Library((shipped_folder(),)).load(pack)


def give_calls(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Put the calls and the form into a home; packs are loaded once for all tests."""
    patch.setattr(Desk, "load", lambda _desk, pack: _loaded(pack))
    patch.setattr(Desk, "coach", lambda _desk, script: shipped_coach(script.id))
    data = home / "data" / "callcoach"
    (data / "forms").mkdir(parents=True)
    (data / "forms" / "brief.yaml").write_text(FORM, encoding="utf-8")
    shutil.copy(Path(_made().name) / "data" / "callcoach" / "journal.db", data / "journal.db")
    patch.setenv("XDG_CACHE_HOME", str(SHARED_CACHE))


def place(person: str = "Wang", **flags: str) -> Workplace:
    """Return the workplace of a person."""
    return Workplace({"language": "en", "pack": "courtesy", "agent": person} | flags)


def states(person: str = "Wang") -> Iterator[ReviewState]:
    """Yield the reviews that are in the journal, newest first."""
    with Reviews(place(person).journal_path) as reviews:
        for row in reviews.all():
            yield read_state(reviews, row).state


def calls() -> list[str]:
    """Return the ids of the calls, the rough one first."""
    found = Desk(place()).calls(10)
    return [it.id for it in sorted(found, key=lambda it: -it.last_at)]


def keep_queue(name: str, *ids: str) -> None:
    """Save a sample."""
    save_queue(place().journal_path, Queue(name, "2026-11-20T00:00:00.000Z", "Chen", ids, "{}"))


def queue_stage(person: str = "Wang", **flags: str) -> CallcoachApp:
    """Return the application with the list of calls to be judged."""
    asked = {"pack": "courtesy", "agent": person} | flags
    return stage(lambda way, _desk: way.queue_screen(), asked)


def review_stage(person: str = "Wang", review: str = "", **flags: str) -> CallcoachApp:
    """Return the application with the rough call beside the brief form, or with a review."""

    def opening(way: Wayfinder, desk: Desk) -> ReviewScreen:
        form = next(it for it in desk.reviews.forms() if it.id == "brief")
        judging = desk.reviews.reopen(review) if review else desk.reviews.judge(calls()[0], form)
        return way.rounds.screen(judging, lambda _by: None)

    return stage(opening, {"pack": "courtesy", "agent": person} | flags)


def review_of(pilot: Pilot[int]) -> ReviewScreen:
    """Return the review that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen
