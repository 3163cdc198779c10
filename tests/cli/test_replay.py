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
    assert early["evidence"]["words"] in ROWS[2]["text"]  # type: ignore[operator]
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


def test_a_folder_is_no_transcript(home: Home) -> None:
    (home.desk / "folder").mkdir()
    assert home.run("replay", "folder").code == 1


def test_only_one_is_watched_at_a_time(home: Home) -> None:
    judged = home.run("replay", "a.json", "b.json", "--watch")
    assert (judged.code, "only one" in judged.err) == (2, True)
