"""callcoach call --audio: what is listened to and from when on, and what is told where not."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from callcoach.hearing.measuring.trial import read_voice
from tests.cli.home import Answer, Home
from tests.hearing.recordings import SETS
from tests.hearing.sounds import spoken, write_wave
from tests.support import dump, end, minimal, step

CALL = SETS / "en" / "call-1.wav"
"""The agent greets, gives the notice and asks for the date of birth; the customer answers."""
SPEECH = {"CALLCOACH_SPEECH": "en=tiny-en;zh=tiny-zh"}


def heard(home: Home, *words: str, given: str = "") -> Answer:
    """Run a call that is listened to, in a process of its own: it has threads and children."""
    home.environment.update(SPEECH)
    pack = () if "--resume" in words else ("courtesy",)
    run = home.spawn("call", *pack, *words, given=given)
    assert "Traceback" not in run.stderr
    return Answer(run.returncode, run.stdout, run.stderr)


def said(answer: Answer) -> Sequence[str]:
    """Return what was printed of what somebody said."""
    return [line for line in answer.out.splitlines() if line.startswith(("Agent:", "Customer:"))]


def test_a_recording_is_heard_followed_and_ends_the_call(home: Home) -> None:
    answer = heard(home, "--audio", str(CALL), "--speed", "4", "--line-mode")
    assert answer.code == 0
    assert "Customer: yes this is she" in said(answer)
    assert "-> It is them" in answer.out
    assert "The call has ended" in answer.out
    shown = home.run("show", "last", "--json").json
    sources = {
        it["body"].get("source", "speech") for it in shown["events"] if it["kind"] == "heard"
    }
    assert sources == {"speech"}


def test_as_json_it_tells_what_it_came_to_and_keeps_the_sound_that_is_asked_for(
    home: Home,
) -> None:
    answer = heard(home, "--audio", str(CALL), "--speed", "8", "--json", "--keep-audio", "flac")
    assert answer.code == 0
    assert any("recording_notice" in json.dumps(cue) for cue in answer.json["cues"])
    assert len(list(home.path.rglob("*.flac"))) == 2
    assert home.run("recordings", "verify").code == 0


def test_a_call_that_is_taken_up_has_the_time_of_the_recording(home: Home) -> None:
    home.run("call", "courtesy", "--line-mode", given="quit\n")
    (call,) = home.run("calls", "--json").json
    words = ("--resume", "last", "--audio", str(CALL), "--speed", "8", "--line-mode")
    answer = heard(home, *words)
    assert answer.code == 0
    (again,) = home.run("calls", "--json").json
    rate, agent = read_voice(CALL, 0)
    assert again["seconds"] - call["seconds"] >= 0.9 * len(agent) / 2 / rate


def test_a_step_in_which_a_number_is_given_is_left_by_words_and_leaves_none(home: Home) -> None:
    steps = {
        "hello": step("Good morning.", on={"to": "card", "heard": ["more time"]}),
        "card": step("Read me the number.", on="plan") | {"sensitive": "60s"},
        "plan": step("Find a way.", on="bye") | {"heard": ["can you pay"]},
        "bye": end("Goodbye."),
    }
    (home.desk / "example").mkdir()
    home.write("example/pack.yaml", dump(minimal(steps=steps)))
    help_you, more_time, number, how_much, what_if = (spoken("en", n) for n in (2, 1, 3, 5, 0))
    agent = help_you + bytes(len(more_time + number)) + how_much + bytes(len(what_if))
    customer = bytes(len(help_you)) + more_time + number + bytes(len(how_much)) + what_if
    file = write_wave(home.desk / "call.wav", agent, customer)
    home.environment.update(SPEECH)
    run = home.spawn("call", "example", "--audio", str(file), "--speed", "4", "--line-mode")
    assert run.returncode == 0, run.stderr
    assert [line for line in run.stdout.splitlines() if line.startswith(("Agent:", "Cust"))] == [
        "Agent: i'm here to help",
        "Customer: i need more time",
        "Customer: what happens if i don't pay",
    ]
    shown = home.run("show", "last", "--json").out
    assert "example.plan" in shown
    kept = [it.read_bytes() for it in home.path.rglob("*") if it.is_file() and it != file]
    assert any(b"need more time" in it for it in kept)
    assert not any(b"six two" in it or b"two one four" in it for it in kept)


def test_commands_can_be_typed_and_the_script_stays_where_it_is(home: Home) -> None:
    words = ("--audio", str(CALL), "--speed", "4", "--line-mode", "--no-follow")
    answer = heard(home, *words, given="note well\n")
    assert answer.code == 0
    assert "(note written)" in answer.out
    assert "Customer: yes this is she" in said(answer)
    assert "-> It is them" not in answer.out


def test_it_can_wait_for_the_script(home: Home) -> None:
    words = ("--audio", str(CALL), "--speed", "8", "--line-mode", "--listen", "script")
    silent = heard(home, *words, given="a: hello\nquit\n")
    assert silent.code == 0
    assert not said(silent)[1:]


def test_samples_on_standard_input_are_heard(home: Home) -> None:
    rate, agent = read_voice(CALL, 0)
    _, customer = read_voice(CALL, 1)
    both = b"".join(customer[at : at + 2] + agent[at : at + 2] for at in range(0, len(agent), 2))
    words = ("--line-mode", "--audio", "-", "--rate", str(rate), "--roles", "customer,agent")
    run = subprocess.run(
        [sys.executable, "-m", "callcoach", "call", "courtesy", *words, "--listen", "always"],
        input=both,
        env=dict(home.variables("en")) | SPEECH,
        cwd=home.desk,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "Customer: yes this is she" in run.stdout.decode()


def test_without_a_model_nothing_begins(home: Home) -> None:
    answer = home.run("call", "courtesy", "--audio", str(CALL), "--line-mode")
    assert answer.code == 6
    assert "callcoach model install" in answer.err
    assert answer.out == ""
    assert home.run("calls", "--json").json == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--audio", "call.wav", "--roles", "boss"), "nobody is called"),
        (("--audio", "call.wav", "--speed", "0"), "--speed"),
        (("--roles", "agent"), "nothing is listened to without --audio"),
        (("--audio", "mic", "--roles", "agent"), "--roles has no meaning for the microphone"),
        (("--audio", "mic", "--rate", "8000"), "--rate has no meaning for the microphone"),
        (("--audio", "mic", "--speed", "2"), "only a recording can be played faster"),
        (("--listen", "sometimes"), "--listen"),
    ],
)
def test_what_cannot_be_meant_is_told(home: Home, words: Sequence[str], told: str) -> None:
    Path("call.wav").write_bytes(CALL.read_bytes())
    answer = home.run("call", "courtesy", "--line-mode", *words)
    assert answer.code == 2
    assert told in answer.err


@pytest.mark.parametrize(
    "words", [("call", "--line-mode", "--audio"), ("listen",), ("transcribe",)]
)
def test_a_file_that_there_is_not_is_told_alike_everywhere(
    home: Home, words: Sequence[str]
) -> None:
    home.environment.update(SPEECH)
    answer = home.run(*words, "missing.wav")
    assert answer.code == 6
    assert answer.err.splitlines() == [
        "callcoach: there is no recording missing.wav",
        "  check how it is spelt",
    ]


def test_a_file_that_is_no_sound_is_told_before_the_call(home: Home) -> None:
    Path("call.wav").write_text("no sound", encoding="utf-8")
    home.environment.update(SPEECH)
    answer = home.run("call", "courtesy", "--line-mode", "--audio", "call.wav")
    assert answer.code == 6
    assert "call.wav" in answer.err
    assert home.run("calls", "--json").json == []


def test_a_microphone_that_there_is_not_is_told_before_the_call(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callcoach.cli.hearing.ears.Ears.devices", lambda _self: ())
    home.environment.update(SPEECH)
    answer = home.run("call", "courtesy", "--line-mode", "--audio", "mic")
    assert answer.code == 6
    assert "there is no microphone" in answer.err
