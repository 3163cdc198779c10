"""A reviewer's whole way, and a call that is judged again, in a real terminal in both languages."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from callcoach.archive.export.data import read_record
from callcoach.archive.reviews import Reviews
from callcoach.call.session import Session
from callcoach.cli.lines.summary import summary_json
from callcoach.locale import Messages
from callcoach.review.marks import Answer
from callcoach.review.state import ReviewState, Status
from callcoach.review.store import read_state
from tests.sessions import shipped_coach
from tests.support import SHARED_CACHE
from tests.tui.terminal import Terminal

FORM = """\
callcoach: 1
form: short
version: "1"
title: {zh: 简表, en: Short form}
languages: [zh, en]
pack: courtesy
sections:
  call:
    title: {zh: 通话, en: The call}
    questions:
      greets: {title: {zh: 先问好, en: Greets first}, cue: greet}
      threat:
        title: {zh: 没有威胁, en: Makes no threat}
        flag: threat
        present: "no"
        absent: "yes"
      reason: {title: {zh: 说清楚来意, en: Says why they call}, answers: met_partly_not}
      again:
        title: {zh: 听客户说完, en: Hears them out}
        answers: yes_no
"""
Said = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """What is said and shown in one language."""

    form: str
    who: str
    agents: tuple[str, str]
    threatened: Said
    greeted: Said
    comment: str
    status: str
    threat: str
    submitted: str
    outcome: str
    written: str


WORDS = {
    "en": Words(
        form="Short form",
        who="Who are you?",
        agents=("Li", "Bo"),
        threatened=(
            ("agent", "Good morning, this is Li from Fairway."),
            ("customer", "Yes, what is it?"),
            ("agent", "Pay today or we will have you arrested."),
            ("customer", "I lost my job."),
        ),
        greeted=(("agent", "Good morning, this is Bo."), ("customer", "Good morning.")),
        comment="This frightens people.",
        status="in draft",
        threat="counts as “Threat”",
        submitted="submitted",
        outcome="Customer hung up",
        written="Written to",
    ),
    "zh": Words(
        form="简表",
        who="您是谁？",
        agents=("李敏", "王强"),
        threatened=(
            ("agent", "您好，我是李敏。"),
            ("customer", "什么事？"),
            ("agent", "再不还就起诉你，让你坐牢。"),
            ("customer", "我失业了。"),
        ),
        greeted=(("agent", "您好，我是王强。"), ("customer", "您好。")),
        comment="这话会吓到人。",
        status="草稿",
        threat="“威胁”",
        submitted="已提交",
        outcome="客户挂断",
        written="已写入",
    ),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a form of its own, in which the tour has been seen."""
    for folder in ("state/callcoach", "data/callcoach/forms"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "state/callcoach/tour-seen").touch()
    (tmp_path / "data/callcoach/forms/short.yaml").write_text(FORM, encoding="utf-8")
    return tmp_path


def transcript(agent: str, started: str, said: Said) -> str:
    rows = [
        {"speaker": speaker, "text": text, "stime": 4 * place, "etime": 4 * place + 3}
        for place, (speaker, text) in enumerate(said)
    ]
    call = {"agent": agent, "started": started, "utterances": rows}
    return json.dumps(call, ensure_ascii=False)


def run_json(home: Path, *words: str) -> Any:
    """Return what a command prints as JSON, run in the home as the terminal runs it."""
    settings = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "XDG_CACHE_HOME": str(SHARED_CACHE),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [sys.executable, "-m", "callcoach", *words, "--json"]
    done = subprocess.run(
        command, env=settings, cwd=home, check=True, capture_output=True, encoding="utf-8"
    )
    return json.loads(done.stdout)


def reviews_in(home: Path) -> list[ReviewState]:
    with Reviews(home / "data/callcoach/journal.db") as reviews:
        return [read_state(reviews, row).state for row in reviews.all()]


@pytest.mark.parametrize("language", WORDS)
def test_a_reviewer_imports_finds_judges_and_goes_on(home: Path, language: str) -> None:
    words = WORDS[language]
    first, second = words.agents
    newer = transcript(first, "2026-11-20T09:00:00Z", words.threatened)
    older = transcript(second, "2026-11-19T09:00:00Z", words.greeted)
    (home / "first.json").write_text(newer, encoding="utf-8")
    (home / "second.json").write_text(older, encoding="utf-8")
    imported = ("review", "import", "first.json", "second.json", "--pack", "courtesy")
    with Terminal(home, *imported, "--language", language) as terminal:
        assert terminal.wait_end() == 0
    with Terminal(home, "--language", language) as terminal:
        terminal.wait_for(first, second)
        terminal.press("7")
        terminal.wait_for("○ ", first, second)
        terminal.press("f10", "4")
        terminal.wait_for(f"· {words.form} ·")
        terminal.press("ctrl+w")
        terminal.wait_for(words.who)
        terminal.press("ctrl+u", "QA", "enter")
        terminal.wait_for("· QA", second)
        terminal.press("f6", "2")
        terminal.wait_gone(second)
        terminal.press("f8")
        terminal.wait_for(first, second)
        terminal.press("enter")
        terminal.wait_for("◆", "○", words.threatened[0][1])
        terminal.press("2")
        terminal.wait_for(words.status, "3✓")
        terminal.press("2")
        terminal.wait_for("4✓")
        terminal.press("n")
        terminal.wait_for(words.threat, "0:08/0:15")
        terminal.press("c")
        terminal.wait_for("0:08", "Ctrl+J")
        terminal.press(words.comment, "enter")
        terminal.wait_for("✎ QA", words.comment)
        terminal.press("f10")
        terminal.wait_for("37.5%", "1 ", "3 ")
        terminal.press("1")
        terminal.wait_for(words.submitted)
        terminal.press("]")
        terminal.wait_for(words.greeted[0][1], second)
    (review,) = reviews_in(home)
    assert (review.status, review.opened.by, review.opened.agent) == (Status.SUBMITTED, "QA", first)
    assert dict(review.given) == {"reason": Answer(("partly",)), "again": Answer(("no",))}
    assert [it.text for it in review.comments.values()] == [words.comment]


@pytest.mark.parametrize("language", WORDS)
def test_a_call_made_here_and_exported_is_judged_as_it_was(home: Path, language: str) -> None:
    words = WORDS[language]
    spoken = words.threatened[1:]
    with Terminal(home, "call", "courtesy", "--language", language) as terminal:
        terminal.wait_for("Anna")
        terminal.press("space")
        for speaker, text in spoken:
            terminal.press("f2" if speaker == "customer" else "f3", text, "enter")
            terminal.wait_for(text)
        terminal.press("f10")
        terminal.wait_for("HUNG")
        terminal.press("1")
        terminal.wait_for("(HUNG)", words.outcome)
        terminal.press("f2")
        terminal.wait_for("4 ", "JSON")
        terminal.press("4")
        terminal.wait_for(words.written)
    (export,) = home.glob("*.json")
    events = read_record(export.read_text("utf-8")).events
    session = Session(shipped_coach("courtesy"), events)
    live = json.loads(json.dumps(summary_json(session, events, Messages("en"))))
    assert any(flag["cue"] == "courtesy.threat" for flag in live["flags"])
    replayed = run_json(home, "replay", str(export), "--pack", "courtesy", "--language", "en")
    assert {key: replayed[key] for key in live} == live
    shown = run_json(home, "show", "last")
    assert [(it["kind"], it.get("cue")) for it in shown["events"]] == [
        (it["kind"], it.get("cue")) for it in json.loads(export.read_text("utf-8"))["events"]
    ]
