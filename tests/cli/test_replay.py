"""callcoach replay: saved transcripts through the session, whatever they are written in."""

import json

import pytest

from tests.cli.home import Home

ROWS = [
    {
        "speaker": "agent",
        "text": "Good morning, this is Anna from Fairway.",
        "stime": 0,
        "etime": 4,
    },
    {"speaker": "customer", "text": "Hello?", "stime": 5, "etime": 6},
    {"speaker": "agent", "text": "It is about your debt.", "stime": 7, "etime": 9},
]
FORMS = {
    "rows.json": json.dumps(ROWS),
    "plain.txt": "Agent: Good morning, this is Anna from Fairway.\nCustomer: Hello?\n",
    "chinese.txt": "坐席：您好，我是安心分期的林晓。\n客户：你好，你是谁？\n",
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_form_is_judged(home: Home, name: str, language: str) -> None:
    home.write(name, FORMS[name])
    judged = home.run("replay", name, language=language)
    assert judged.code == 0
    titles = {"en": "✓ Say your company", "zh": "✓ 报公司"}
    assert titles[language] in judged.out, "the reader's language, whatever the call's"


def test_its_own_export_is_read_back(home: Home) -> None:
    home.make_call("say\na: hello\nc: who is this\nend hung_up\n")
    home.run("export", "last", "--format", "json", "-o", "own.json")
    judged = home.run("replay", "own.json", "--json", "--pack", "courtesy")
    assert judged.code == 0
    assert judged.json["script"] == "courtesy"


def test_json_holds_cues_flags_and_measures(home: Home) -> None:
    judged = home.run("replay", home.write("rows.json", FORMS["rows.json"]), "--json").json
    assert {"file", "notes", "script", "language", "cues", "flags", "metrics"} <= judged.keys()
    early = next(flag for flag in judged["flags"] if flag["evidence"])
    assert [found["words"] in str(ROWS[2]["text"]) for found in early["evidence"]] == [True]
    assert judged["metrics"]["duration"] == 9


def test_roles_are_swapped(home: Home) -> None:
    home.write("plain.txt", FORMS["plain.txt"])
    plain = home.run("replay", "plain.txt", "--json").json
    swapped = home.run("replay", "plain.txt", "--swap", "--json").json
    met = [sum(cue["met"] for cue in one["cues"]) for one in (plain, swapped)]
    assert met[0] > met[1]


def test_it_tells_what_happened_at_any_speed(home: Home) -> None:
    home.write("rows.json", FORMS["rows.json"])
    at_once = home.run("replay", "rows.json", "--events")
    timed = home.run("replay", "rows.json", "--events", "--speed", "100000")
    assert "Agent: It is about your debt." in at_once.out
    assert timed.out == at_once.out


def test_one_bad_file_does_not_stop_the_others(home: Home) -> None:
    home.write("rows.json", FORMS["rows.json"])
    home.write("bad.json", b"\x00\xff\xfe garbage")
    judged = home.run("replay", "bad.json", "rows.json", "missing.txt", "--json")
    assert judged.code == 1
    assert [("error" in one) for one in judged.json] == [True, False, True]
    assert judged.err.count("! ") == 2


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (b"\xff\x00\x91\x80", 1, "UTF-8"),
        (b"", 1, "there is no utterance in this file"),
        (b"{}", 1, "this JSON has no list called utterances"),
        (b"[{", 1, "this is not valid JSON"),
        (b"just words\n", 1, "it is not said who speaks"),
        (None, 1, "cannot be read"),
    ],
)
def test_what_is_no_transcript_is_told_with_a_remedy(
    home: Home, content: bytes | None, code: int, told: str
) -> None:
    if content is not None:
        home.write("call.json" if content[:1] in b"[{" else "call.txt", content)
    name = "call.json" if content is not None and content[:1] in b"[{" else "call.txt"
    judged = home.run("replay", name)
    assert judged.code == code
    assert told in judged.err
    assert len(judged.err.splitlines()) == 2, "what is wrong, and what to do"
    assert home.run("replay", name, language="zh").err.isascii() is False


def test_only_one_is_watched_at_a_time(home: Home) -> None:
    judged = home.run("replay", "a.json", "b.json", "--watch")
    assert (judged.code, "only one" in judged.err) == (2, True)


@pytest.mark.parametrize("words", [("--json",), ("--events",), ("--speed", "0")], ids=" ".join)
def test_what_does_not_go_with_watching_is_refused(home: Home, words: tuple[str, ...]) -> None:
    judged = home.run("replay", home.write("rows.json", FORMS["rows.json"]), "--watch", *words)
    assert (judged.code, "leave out --watch" in judged.err) == (2, True)


def test_watching_without_a_terminal_names_what_works_without(home: Home) -> None:
    judged = home.run("replay", home.write("rows.json", FORMS["rows.json"]), "--watch")
    assert (judged.code, "callcoach replay prints" in judged.err) == (2, True)
    assert "--line-mode" not in judged.err


def test_nothing_is_late_where_times_were_guessed(home: Home) -> None:
    talk = [("Agent", "Well, let me see what is in my notes here. " * 9), ("Customer", "Yes?")] * 3
    plain = "".join(f"{who}: {text}\n" for who, text in talk)
    rows = [
        {"speaker": who, "text": text, "stime": 30 * number, "etime": 30 * number + 29}
        for number, (who, text) in enumerate(talk)
    ]
    home.write("plain.txt", plain)
    home.write("timed.json", json.dumps(rows))
    guessed, timed = home.run("replay", "plain.txt", "timed.json", "--json").json
    assert (guessed["metrics"]["is_timed"], timed["metrics"]["is_timed"]) == (False, True)
    assert any("seconds" in flag["reason"] for flag in timed["flags"])
    assert not any("seconds" in flag["reason"] for flag in guessed["flags"])
    assert len(guessed["flags"]) >= 1, "what was never said is still missed"


def test_a_flag_shows_its_words_each_time_and_the_sentence_they_stand_in(home: Home) -> None:
    said = ["You are an idiot.", "An idiot, I say.", "idiot"]
    rows = [
        {"speaker": "agent", "text": text, "stime": 3 * number, "etime": 3 * number + 2}
        for number, text in enumerate(said)
    ]
    home.write("rude.json", json.dumps(rows))
    judged = home.run("replay", "rude.json", "--json").json
    (rude,) = (flag for flag in judged["flags"] if len(flag["evidence"]) > 1)
    assert [found["text"] for found in rude["evidence"]] == said
    assert rude["times"] == 3
    told = home.run("replay", "rude.json").out
    assert all(sentence in told for sentence in said)


def test_measures_hold_the_speech_rate(home: Home) -> None:
    judged = home.run("replay", home.write("rows.json", FORMS["rows.json"]), "--json").json
    agent = judged["metrics"]["agent"]
    assert agent["words_per_minute"] == pytest.approx(agent["words"] / agent["talk_time"] * 60)
    assert agent["characters_per_minute"] is None


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_captions_are_read_back(home: Home, form: str) -> None:
    home.make_call("say\na: hello\nend hung_up\n")
    home.run("export", "last", "--format", form, "-o", f"call.{form}")
    judged = home.run("replay", f"call.{form}", "--json")
    assert judged.code == 0
    assert judged.json["metrics"]["turns"] == 1


def test_a_folder_and_a_table_with_names_of_its_own_are_read(home: Home) -> None:
    (home.desk / "calls").mkdir()
    home.write("calls/a.csv", "Wer;Was\nAgent;hello, this is Anna\n")
    home.write("calls/b.txt", "Agent: hello\nCustomer: yes\n")
    columns = ("--column", "speaker=Wer", "--column", "text=Was")
    judged = home.run("replay", "calls", *columns, "--json").json
    assert [one["file"].rpartition("/")[2] for one in judged] == ["a.csv", "b.txt"]
    assert [one["metrics"]["turns"] for one in judged] == [1, 2]


@pytest.mark.parametrize("column", ["speaker", "=Wer", "speaker="])
def test_a_column_that_is_no_pair_is_refused(home: Home, column: str) -> None:
    file = home.write("a.csv", "Wer;Was\nAgent;hello\n")
    judged = home.run("replay", file, "--column", column)
    assert judged.code == 2
    assert "FIELD=NAME" in judged.err


def test_an_empty_folder_is_told(home: Home) -> None:
    (home.desk / "calls").mkdir()
    home.write("calls/notes.pdf", "")
    judged = home.run("replay", "calls")
    assert judged.code == 2
    assert "no transcript" in judged.err


@pytest.mark.parametrize(("speaker", "remedy"), [("other", "--roles"), ("customer", "--swap")])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nobody_is_the_agent_nothing_of_the_agent_s_is_judged(
    home: Home, speaker: str, remedy: str, language: str
) -> None:
    rows = [
        {"speaker": speaker, "text": text, "stime": 60 * at, "etime": 60 * at + 3}
        for at, text in enumerate(("Good morning.", "Who is this?", "Goodbye."))
    ]
    home.write("mono.json", json.dumps(rows))
    told = home.run("replay", "mono.json", language=language)
    assert told.code == 0
    assert remedy in told.out
    assert not {"✗", "!"} & set(told.out)
    judged = home.run("replay", "mono.json", "--json").json
    assert (judged["is_agent_known"], judged["flags"], judged["cues"]) == (False, [], [])
    assert judged["metrics"]["talk_ratio"] is None


def test_a_call_with_an_agent_is_judged(home: Home) -> None:
    judged = home.run("replay", home.write("rows.json", FORMS["rows.json"]), "--json").json
    assert judged["is_agent_known"] is True
    assert judged["flags"]
