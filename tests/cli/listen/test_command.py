"""callcoach listen: captions, cues and flags of what is said, with no script and nothing kept."""

import importlib
import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from callcoach.call.captured import Doubt
from callcoach.call.consent import Policy
from callcoach.call.live import LiveCall
from callcoach.cli.hearing.ears import Ears
from callcoach.cli.listen.consent import have_agreed
from callcoach.cli.listen.tell import with_doubts
from callcoach.cli.workplace import Workplace
from callcoach.errors import AudioError
from callcoach.hearing.listener import Listener
from tests.cli.home import Answer, Home
from tests.hearing.recordings import LANGUAGES, MODELS, SETS, sentence
from tests.hearing.scripted_ear import ScriptedEar, model

listening = importlib.import_module("callcoach.cli.listen.command")

SOON = 60.0
SPEED = "6"


def hear(home: Home, *more: str, language: str = "en") -> Answer:
    """Listen, with the tiny models."""
    home.environment["CALLCOACH_SPEECH"] = models()
    return home.run("listen", *more, language=language)


def models() -> str:
    return ";".join(f"{language}={MODELS / f'tiny-{language}'}" for language in LANGUAGES)


def call(language: str) -> str:
    return str(SETS / language / "call-1.wav")


def rows(answer: Answer, kind: str) -> list[dict[str, Any]]:
    """Return the lines of JSON of a kind."""
    return [it for it in map(json.loads, answer.out.splitlines()) if it["kind"] == kind]


@pytest.mark.parametrize(
    ("language", "caption", "cue", "flag"),
    [
        ("en", "0:00 Agent: hello this is anna from", "✓ Say your company", "Say goodbye"),
        ("zh", "0:00 坐席：您好我是安心分期的", "✓ 报公司", "道别"),
    ],
)
def test_what_is_said_is_printed_with_what_follows_from_it(
    home: Home, language: str, caption: str, cue: str, flag: str
) -> None:
    heard = hear(home, call(language), "--speed", SPEED, language=language)
    assert (heard.code, heard.err) == (0, "")
    assert caption in heard.out
    assert cue in heard.out
    assert flag in heard.out
    assert "\x1b" not in heard.out
    assert "\r" not in heard.out, "words that are being said are for terminals"
    assert not list(home.path.rglob("journal.db")), "nothing is kept"


def test_json_lines_tell_it_as_it_happens(home: Home) -> None:
    heard = hear(home, call("en"), "--speed", SPEED, "--json")
    kinds = [it["kind"] for it in map(json.loads, heard.out.splitlines())]
    assert "partial" in kinds
    assert kinds.index("capture_started") < kinds.index("heard")
    assert kinds[-1] == "summary"
    said = rows(heard, "heard")
    assert [it["speaker"] for it in said] == ["agent", "customer", "agent", "customer"]
    assert all(0 <= it["start"] < it["end"] <= it["at"] for it in said)
    titles = {it["title"] for it in rows(heard, "cue_heard")}
    assert "Say that the call is recorded" in titles
    (summary,) = rows(heard, "summary")
    assert summary["metrics"]["talk_ratio"] > 0.5


def test_it_is_kept_only_where_that_is_wanted(home: Home) -> None:
    heard = hear(home, call("en"), "--speed", SPEED, "--save")
    assert heard.code == 0
    kept = home.run("show", "last")
    assert "fairway finance" in kept.out


def test_samples_come_through_a_pipe(home: Home) -> None:
    spoken = sentence("en")
    process = begin(home, "-", "--roles", "agent", "--rate", str(spoken.rate), "--json")
    out, err = process.communicate(spoken.pcm + bytes(4 * spoken.rate), timeout=SOON)
    assert (process.returncode, err) == (0, b"")
    said = [it for it in map(json.loads, out.splitlines()) if it["kind"] == "heard"]
    assert " ".join(it["text"] for it in said) == spoken.text


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_ctrl_c_ends_it_with_a_summary(home: Home) -> None:
    process = begin(home, call("en"))
    assert process.stdout is not None
    lines = iter(process.stdout.readline, b"")
    first = next(line for line in lines if b"Agent" in line)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SOON)
    assert b"Agent: hello" in first
    assert (process.returncode, err) == (0, b"")
    assert b"Talk ratio" in out
    assert b"nineteen ninety" not in out, "the recording goes on"


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (("missing.wav",), 6, "there is no recording missing.wav"),
        (("a.wav", "b.wav"), 2, "one word too many"),
        (("wrong.wav",), 6, "wrong.wav"),
    ],
)
def test_what_cannot_be_heard_is_told(
    home: Home, more: tuple[str, ...], code: int, told: str
) -> None:
    home.write("wrong.wav", b"no sound" * 99)
    refused = hear(home, *more)
    assert (refused.code, told in refused.err) == (code, True)
    assert len(refused.err.splitlines()) == 2


def test_a_user_who_never_listens_is_not_listened_to(home: Home) -> None:
    home.environment["CALLCOACH_LISTEN"] = "never"
    spoken = sentence("en")
    process = begin(home, "-", "--rate", str(spoken.rate))
    out, err = process.communicate(spoken.pcm, timeout=SOON)
    assert (process.returncode, b"switched off" in err) == (2, True)
    assert b"Agent" not in out


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the microphone be there, and break when it is opened; return what says that it was."""
    done: list[str] = []

    def listener(_ears: Ears, _live: LiveCall) -> Listener:
        done.append("opened")
        raise AudioError("it is broken")

    monkeypatch.setattr(Ears, "check", lambda _ears, _language: None)
    monkeypatch.setattr(Ears, "listener", listener)
    return done


@pytest.mark.parametrize(
    ("listen", "more", "answer", "code", "is_asked"),
    [
        ("script", (), False, 130, True),
        ("ask", (), False, 130, True),
        ("script", (), True, 6, True),
        ("script", ("--yes",), False, 6, False),
        ("always", (), False, 6, False),
    ],
)
def test_no_microphone_opens_before_everybody_has_agreed(
    home: Home,
    opened: list[str],
    monkeypatch: pytest.MonkeyPatch,
    listen: str,
    more: tuple[str, ...],
    answer: bool,
    code: int,
    is_asked: bool,
) -> None:
    asked: list[str] = []

    def agrees(*lines: str) -> bool:
        asked.extend(lines)
        return answer

    monkeypatch.setattr("callcoach.cli.listen.consent.agrees", agrees)
    home.environment["CALLCOACH_LISTEN"] = listen
    ended = hear(home, *more)
    assert (ended.code, bool(asked)) == (code, is_asked)
    assert bool(opened) is (code == 6)
    assert ("nothing was heard" in ended.err) is (code == 130)


def test_where_nobody_can_be_asked_the_microphone_stays_closed(
    home: Home, opened: list[str]
) -> None:
    refused = hear(home)
    assert (refused.code, opened) == (2, [])
    assert "--yes" in refused.err


@pytest.mark.parametrize(
    ("far_side", "is_kept", "wanted", "unwanted"),
    [
        ("", False, ("the far side", "not kept"), "journal"),
        ("none", True, ("Your microphone is", "kept in the journal"), "far side"),
    ],
)
def test_what_is_asked_says_what_will_be_heard_and_kept(
    monkeypatch: pytest.MonkeyPatch,
    far_side: str,
    is_kept: bool,
    wanted: tuple[str, ...],
    unwanted: str,
) -> None:
    asked: list[str] = []

    def agrees(*lines: str) -> bool:
        asked.extend(lines)
        return True

    monkeypatch.setattr("callcoach.cli.listen.consent.agrees", agrees)
    assert have_agreed(Workplace({"language": "en", "far_side": far_side}), is_kept=is_kept)
    told = " ".join(asked)
    assert all(part in told for part in (*wanted, "Has everybody on the call agreed?"))
    assert unwanted not in told


def test_ctrl_c_while_it_gets_ready_is_told_kindly(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("callcoach.cli.desk.Desk.begin", begin)
    ended = hear(home, call("en"))
    assert (ended.code, ended.out) == (130, "")
    assert ended.err == "Ended before it began: nothing was heard.\n"


def test_ctrl_c_before_there_is_sound_ends_without_a_summary(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, interrupts = listening._next, [KeyboardInterrupt()]  # noqa: SLF001 - Ctrl-C comes there

    def interrupted(came: Any, seconds: float) -> object:
        if interrupts:
            raise interrupts.pop()
        return real(came, seconds)

    monkeypatch.setattr(listening, "_next", interrupted)
    monkeypatch.setattr(
        Ears,
        "listener",
        lambda _ears, live: Listener(live, ScriptedEar(), model(), Policy.ALWAYS),
    )
    ended = hear(home, call("en"))
    assert (ended.code, ended.out) == (130, "")
    assert ended.err == "Ended before it began: nothing was heard.\n"


def test_the_sound_is_never_kept_whatever_the_settings_say(home: Home) -> None:
    home.environment["CALLCOACH_KEEP_AUDIO"] = "flac"
    heard = hear(home, call("en"), "--speed", "20", "--save")
    assert heard.code == 0
    assert not list(home.path.rglob("*.flac"))


def test_doubtful_words_bear_a_sign() -> None:
    doubts = (Doubt(4, 8, 0.3), Doubt(13, 16, 0.1))
    assert with_doubts("you must pay now", doubts) == "you must(?) pay now(?)"
    assert with_doubts("你要还钱", (Doubt(1, 4, 0.5),)) == "你要还钱(?)"
    assert with_doubts("sure", ()) == "sure"


def begin(home: Home, *more: str) -> "subprocess.Popen[bytes]":
    """Start the command as a shell would."""
    home.environment["CALLCOACH_SPEECH"] = models()
    return subprocess.Popen(
        [sys.executable, "-m", "callcoach", "listen", *more],
        env=home.variables(),
        cwd=home.desk,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
