"""Labelled data in every format: what is read, what is left out and told, what is refused."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.datasets import Dataset, DatasetError, read_dataset
from callcoach.archive.datasets.result import read_result, result_text
from callcoach.call.evaluate.gold import LabelledCall, Mark, Prediction, Reason, Slot
from callcoach.script.model import Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
TALK = [
    {"speaker": "Agent", "text": "Hello, this is Ann.", "stime": 0, "etime": 2},
    {"speaker": "Customer", "text": "Hi.", "stime": 2, "etime": 3},
]
LABELS = """\
# A remark: "id<TAB>speaker<TAB>labels".
# a1\tverified=N\tearly=Y
a1.00\tA\tgreeting,self_introduction
a1.01\tC\t
"""
ACTS = [
    {"dialog": "1", "turn": 0, "role": "usr", "text": "你好", "acts": ["greet", "inform"]},
    {"dialog": "1", "turn": 1, "role": "sys", "text": "不客气，再见", "acts": ["welcome", "bye"]},
]
INTENTS = (
    "conversationId\tturnNumber\tutteranceId\tutterance\tslot-labels\tintent\n"
    "c1\t0\tx\thi\tO\topeninggreeting\n"
    'c1\t2.0\ty\t"ann lee \n 5"\t"name name O O"\tthankyou<div>closinggreeting\n'
)
PLAIN = (
    "call,speaker,labels,text,note,verified\n"
    'k1,agent,greeting;thanks,"Hello, thank you",x,yes\n'
    "k1,客户,,嗯,,\n"
)


def folder(path: Path, labels: str = LABELS, talk: object = TALK, id: str = "a1") -> Path:
    """Return a folder of transcripts with labels."""
    (path / "transcripts").mkdir(parents=True, exist_ok=True)
    (path / "labels.tsv").write_text(labels, "utf-8")
    (path / "transcripts" / f"{id}.json").write_text(json.dumps(talk), "utf-8")
    return path


def written(path: Path, name: str, text: str | Sequence[object]) -> Path:
    """Return a file with a text, or with records as JSON Lines."""
    file = path / name
    lines = text if isinstance(text, str) else "".join(f"{json.dumps(it)}\n" for it in text)
    file.write_text(lines, "utf-8", newline="")
    return file


def read(path: Path, **renamed: str) -> Dataset:
    (dataset,) = read_dataset(path, renamed)
    return dataset


def labels(call: LabelledCall) -> list[set[str]]:
    return [set(one.labels) for one in call.utterances]


def test_transcripts_with_a_table_of_labels(tmp_path: Path) -> None:
    dataset = read(folder(tmp_path / "calls"))
    (call,) = dataset.calls
    assert (dataset.name, dataset.format, dataset.troubles) == ("calls", "rubric", ())
    assert (call.id, call.verified, call.early, call.language) == ("a1", False, True, "en")
    assert labels(call) == [{"greeting", "self_introduction"}, set()]
    assert [(one.speaker, one.start, one.end) for one in call.utterances] == [
        (AGENT, 0, 2),
        (CUSTOMER, 2, 3),
    ]
    assert call.scope == {Mark("greeting", AGENT), Mark("self_introduction", AGENT)}
    assert read(tmp_path / "calls" / "labels.tsv").calls == dataset.calls


def test_a_rubric_beside_tells_what_was_looked_for(tmp_path: Path) -> None:
    path = folder(tmp_path / "calls")
    (path / "RUBRIC.md").write_text(
        "# Labels\n- no_label: before any side\n\nAgent (A)\n- apology, thanks: says so.\n"
        "## Customer (C)\n- dispute: denies.\nBoth\n- profanity: swears.\n",
        "utf-8",
    )
    (call,) = read(path).calls
    assert {str(mark) for mark in call.scope} >= {
        "apology (agent)",
        "thanks (agent)",
        "dispute (customer)",
        "profanity (agent)",
        "profanity (customer)",
    }
    assert len(call.scope) == 7


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("a1.05\tA\tgreeting", "only 2 utterances"),
        ("a1.01\tA\tgreeting", "somebody else speaks"),
        ("zz.01\tA\tgreeting", "no line of its own"),
        ("a1.00 A greeting", "write the utterance"),
        ("a1.00\tA\tx\ty", "write the utterance"),
        ("# a1\tverified=Y", "opened above"),
        ("# a2\tverified=Y", "cannot be read"),
        ("# a\0\tverified=Y", "no path to a file"),
        (f"# {'a' * 999}\tverified=Y", "cannot be read"),
        ("# ../a1\tverified=Y", ""),
    ],
)
def test_a_damaged_line_of_labels_is_told_and_left_out(tmp_path: Path, line: str, why: str) -> None:
    path = folder(tmp_path / "calls", f"{LABELS}{line}\n")
    dataset = read(path)
    assert labels(dataset.calls[0]) == [{"greeting", "self_introduction"}, set()]
    if why:
        (trouble,) = dataset.troubles
        assert (Path(trouble.file).name, trouble.line) == ("labels.tsv", 5)
        assert why in trouble.what


def test_no_name_of_a_call_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text(json.dumps(TALK), "utf-8")
    path = folder(tmp_path / "calls", f"{LABELS}# /../../secret\n/../../secret.00\tA\tgreeting\n")
    assert [call.id for call in read(path).calls] == ["a1"]


def test_dialogue_acts(tmp_path: Path) -> None:
    dataset = read(written(tmp_path, "acts.jsonl", ACTS))
    (call,) = dataset.calls
    assert (dataset.format, call.language) == ("acts", "zh")
    assert [one.speaker for one in call.utterances] == [CUSTOMER, AGENT]
    assert labels(call) == [{"greeting"}, {"welcome", "closing"}]
    assert len(call.scope) == 10
    assert call.utterances[1].start > call.utterances[0].end
    renamed = read(written(tmp_path, "acts.jsonl", ACTS), bye="farewell").calls[0]
    assert labels(renamed)[1] == {"welcome", "farewell"}


def test_intents_and_slots(tmp_path: Path) -> None:
    dataset = read(written(tmp_path, "x.tsv", INTENTS))
    (call,) = dataset.calls
    assert (dataset.format, dataset.troubles) == ("intents", ())
    assert labels(call) == [{"greeting"}, {"thanks", "closing"}]
    assert {mark.speaker for mark in call.scope} == {CUSTOMER}
    assert {mark.label for mark in call.scope} == {"greeting", "thanks", "closing"}
    text, slots = call.utterances[1].text, call.utterances[1].slots
    assert slots == (Slot("name", 0, 3), Slot("name", 4, 7))
    assert [text[slot.start : slot.end] for slot in slots] == ["ann", "lee"]


def test_a_teams_own_table_and_lines(tmp_path: Path) -> None:
    (call,) = read(written(tmp_path, "own.csv", PLAIN)).calls
    assert (call.id, call.verified, call.early) == ("k1", True, None)
    assert labels(call) == [{"greeting", "thanks"}, set()]
    assert call.utterances[0].text == "Hello, thank you"
    records = [
        {"call": "k1", "speaker": "agent", "text": "Hi", "labels": ["greeting"], "start": 1},
        {"call": "k1", "speaker": "customer", "text": "Bye", "labels": "closing", "end": "0:09"},
    ]
    (other,) = read(written(tmp_path, "own.jsonl", records), closing="bye").calls
    assert labels(other) == [{"greeting"}, {"bye"}]
    assert other.utterances[0].start == 1
    assert other.utterances[1].end == 9


@pytest.mark.parametrize(
    ("name", "good", "bad", "why"),
    [
        ("a.jsonl", ACTS, '{"dialog": 1}\n', "dialog, text and acts"),
        ("a.jsonl", ACTS, '{"dialog": 1, "role": "x", "text": "", "acts": []}\n', "usr or sys"),
        ("a.jsonl", ACTS, "[1]\n", "no JSON object"),
        ("a.jsonl", ACTS, "{broken\n", "no JSON object"),
        ("a.jsonl", ACTS, f"{'[' * 100_000}\n", "no JSON object"),
        ("a.tsv", INTENTS, "c1\t4\tz\tone two\tO\tx\n", "2 words and 1 slots"),
        ("a.tsv", INTENTS, "c1\t4\n", "6 columns"),
        ("a.tsv", INTENTS, "\t4\tz\tone\tO\tx\n", "no id"),
        ("a.tsv", INTENTS, "\n\nc1\n", "6 columns"),
        ("a.csv", PLAIN, "k1,agent\n", "6 columns"),
        ("a.csv", PLAIN, f"\nk1,agent,,{'x' * 140_000},,\n,,,,,\n", "6 columns"),
        ("a.csv", PLAIN, ",agent,,hello,,\n", "no id"),
        ("a.csv", PLAIN, "k1,nobody,,hello,,\n", "neither agent nor customer"),
        ("a.csv", PLAIN, "k1,agent,,hello,,perhaps\n", "yes or no"),
    ],
)
def test_a_damaged_line_is_told_and_left_out(
    tmp_path: Path, name: str, good: str | Sequence[object], bad: str, why: str
) -> None:
    whole = written(tmp_path, name, good)
    before = read(whole)
    with whole.open("a", encoding="utf-8") as file:
        file.write(bad)
    after = read(whole)
    (trouble,) = after.troubles
    assert why in trouble.what
    assert trouble.line > 1
    if "yes or no" not in why:
        assert after.calls == before.calls


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.tsv", None, "cannot be read"),
        ("empty.tsv", b"", "line 1: this format is not known"),
        ("odd.tsv", b"a\tb\tc\n", "line 1: this format is not known"),
        ("call.json", json.dumps(TALK).encode(), "this format is not known"),
        ("heads.tsv", PLAIN.partition("\n")[0].encode() + b"\n", "there is no utterance"),
        ("bytes.csv", PLAIN.encode() + b"k1,agent,,\xff,,\n", "line 4: this is not UTF-8"),
        ("bad.csv", PLAIN.partition("\n")[0].encode() + b"\nk1\n", "line 2: 6 columns"),
        ("bom.csv", b"\xef\xbb\xbf" + PLAIN.encode(), None),
        ("crlf.csv", PLAIN.replace("\n", "\r\n").encode(), None),
    ],
)
def test_what_cannot_be_read_is_told_with_file_line_and_remedy(
    tmp_path: Path, name: str, content: bytes | None, told: str | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    if told is None:
        assert len(read(file).calls[0].utterances) == 2
        return
    with pytest.raises(DatasetError) as raised:
        list(read_dataset(file))
    assert told in raised.value.message
    assert name in raised.value.message
    assert raised.value.hint


def test_a_folder_of_files_is_every_file(tmp_path: Path) -> None:
    written(tmp_path, "b.csv", PLAIN)
    written(tmp_path, "a.jsonl", ACTS)
    (tmp_path / "LICENSE.txt").write_text("do as you like", "utf-8")
    assert [one.name for one in read_dataset(tmp_path)] == ["a.jsonl", "b.csv"]
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(DatasetError, match="holds no labelled data"):
        list(read_dataset(empty))


FIELD = st.text(min_size=1, max_size=12).filter(
    lambda text: text.strip() and "\r" not in text and "\0" not in text
)


@given(texts=st.lists(FIELD, min_size=1, max_size=5))
def test_whatever_was_said_comes_back_from_json_lines(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    records = [{"call": "1", "speaker": "agent", "text": text, "labels": []} for text in texts]
    file = written(tmp_path_factory.mktemp("lines"), "own.jsonl", records)
    assert [one.text for one in read(file).calls[0].utterances] == texts


SOUND = (
    ("a.jsonl", "".join(f"{json.dumps(it)}\n" for it in ACTS)),
    ("a.tsv", INTENTS),
    ("a.csv", PLAIN),
    ("labels.tsv", LABELS),
    ("a1.json", json.dumps(TALK)),
)


@given(
    which=st.sampled_from(SOUND),
    cut=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    noise=st.binary(max_size=6) | st.sampled_from([b"\n", b"\t", b'"', b"{", b"\x00", b"\r", b"9"]),
)
def test_no_damage_ends_in_anything_but_a_trouble_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory,
    which: tuple[str, str],
    cut: tuple[int, int],
    noise: bytes,
) -> None:
    name, text = which
    data = text.encode()
    start, end = sorted(min(place, len(data)) for place in cut)
    damaged = data[:start] + noise + data[end:]
    path = folder(tmp_path_factory.mktemp("damaged"))
    where = {"labels.tsv": path, "a1.json": path / "transcripts"}.get(name, path.parent)
    (where / name).write_bytes(damaged)
    target = path if where != path.parent else path.parent / name
    found = read_or_error(target)
    if isinstance(found, DatasetError):
        assert found.hint
        assert path.name in found.message or name in found.message
        return
    assert all(one.utterances for one in found.calls)
    for call in found.calls:
        for one in call.utterances:
            assert one.start <= one.end
            assert all(slot.end <= len(one.text) for slot in one.slots)


def read_or_error(path: Path) -> Dataset | DatasetError:
    try:
        return read(path)
    except DatasetError as error:
        return error


def test_a_result_is_kept_without_words_and_read_back(tmp_path: Path) -> None:
    (call,) = read(folder(tmp_path / "calls")).calls
    made = Prediction(((Reason("greeting", "hello"),), ()), verified=True)
    file = written(tmp_path, "r.json", result_text("p 1", [call], {call.key: made}, {"x": 1}))
    kept = read_result(file)
    assert (kept.name, kept.labels) == ("p 1", {call.digest: made.labels})
    text = file.read_text("utf-8")
    assert "Ann" not in text
    assert "hello" not in text.lower()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "line 1: this is not valid JSON"),
        ("[]", "is no saved result"),
        ("{}", "is no saved result"),
        ('{"callcoach_eval": 2}', "newer callcoach"),
        ('{"callcoach_eval": 1}', "is no saved result"),
        ('{"callcoach_eval": 1, "predictions": [{"digest": "x"}]}', "is no saved result"),
        ('{"callcoach_eval": 1, "predictions": [{"digest": "x", "labels": "y"}]}', "no saved"),
        ("[" * 100_000, "is no saved result"),
    ],
)
def test_what_is_no_result_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DatasetError, match=told):
        read_result(written(tmp_path, "r.json", text))
