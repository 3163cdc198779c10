"""Tests of finding utterances and calls: what is found is what was asked for, and all of it."""

import re
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcoach.archive.search.find import COUNTED, Finder, SearchStopped
from callcoach.archive.search.index import catch_up
from callcoach.call.events import CueHeard, CueTicked, CueUnticked, FlagCleared, FlagRaised, Span
from callcoach.errors import StorageError, UsageError
from callcoach.script.model import CueId, FlagKind, Severity
from tests.archive.search.support import TODAY, call_of, find, marked, texts, write

CALLS = (
    call_of(
        [
            ("agent", "您好，我是王芳。"),
            ("customer", "我想分期還款。"),
            ("agent", "可以分期，payment plan 也行。"),
            ("customer", "好的，谢谢。"),
        ],
        agent="王芳",
        started="2026-11-20T09:00:00.000Z",
        more=[
            CueHeard(seq=5, at=11.0, cue=CueId("courtesy.greet"), span=Span(1, 0, 2), phrase=""),
            CueTicked(seq=6, at=11.0, cue=CueId("courtesy.say_name")),
            CueUnticked(seq=7, at=11.0, cue=CueId("courtesy.say_name")),
        ],
    ),
    call_of(
        [
            ("agent", "Good morning, my name is Ben."),
            ("customer", "I don't pay. You'll hear from my lawyer!"),
            ("other", "Give me the phone."),
        ],
        agent="Ben Okonkwo",
        started="2026-11-22T09:00:00.000Z",
        language="en",
        mode="practice",
        outcome="overdue.dispute",
        more=[
            FlagRaised(
                seq=4,
                at=8.0,
                flag=1,
                what=FlagKind.MISSING,
                cue=CueId("courtesy.greet"),
                severity=Severity.MAJOR,
                reason="step_left",
            ),
            FlagRaised(
                seq=5,
                at=8.0,
                flag=2,
                what=FlagKind.FORBIDDEN,
                cue=CueId("overdue.threat"),
                severity=Severity.CRITICAL,
                reason="said",
                span=Span(1, 0, 4),
            ),
            FlagCleared(seq=6, at=8.0, flag=2, by="repaired"),
        ],
    ),
    call_of([("agent", "逾期了。")], outcome=None, agent="", started="2025-01-05T00:00:00.000Z"),
)
NAMES = {"2026-11-20": "ZH", "2026-11-22": "EN", "2025-01-05": "OPEN"}
"""What the calls are called below, by their days."""


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a journal with the calls above."""
    path = tmp_path_factory.mktemp("search") / "journal.db"
    write(path, *CALLS)
    catch_up(path)
    return path


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("分期", ["我想分期還款。", "可以分期，payment plan 也行。"]),
        ("还款", ["我想分期還款。"]),
        ("期", ["我想分期還款。", "可以分期，payment plan 也行。", "逾期了。"]),
        ("期了", ["逾期了。"]),
        ("期 款", ["我想分期還款。"]),
        ("PAYMENT PLAN", ["可以分期，payment plan 也行。"]),
        ("ｐａｙｍｅｎｔ", ["可以分期，payment plan 也行。"]),
        ("pay", ["I don't pay. You'll hear from my lawyer!"]),
        ("pay*", ["I don't pay. You'll hear from my lawyer!", "可以分期，payment plan 也行。"]),
        ("do not", ["I don't pay. You'll hear from my lawyer!"]),
        ('"plan payment"', []),
        ("plan 分期", ["可以分期，payment plan 也行。"]),
        ("分期 -plan", ["我想分期還款。"]),
        ("分期 -(plan OR 还款)", []),
        ("逾期 OR lawyer", ["I don't pay. You'll hear from my lawyer!", "逾期了。"]),
        ("分期 说话人：客户", ["我想分期還款。"]),
        ("分期 -speaker:customer", ["可以分期，payment plan 也行。"]),
        ("(分期 speaker:agent) OR lawyer", ["I don't pay. You'll hear from my lawyer!",
                                            "可以分期，payment plan 也行。"]),
        ("(speaker:agent OR speaker:customer) phone", []),
        ("speaker:agent speaker:customer 分期", []),
        ("期 坐席:王芳", ["我想分期還款。", "可以分期，payment plan 也行。"]),
        ("期 -坐席:王芳", ["逾期了。"]),
        ("my outcome:dispute", ["Good morning, my name is Ben.",
                                "I don't pay. You'll hear from my lawyer!"]),
    ],
)  # fmt: skip
def test_utterances_are_found(searched: Path, query: str, expected: list[str]) -> None:
    found = find(searched, query)
    assert texts(found) == expected
    assert (found.total, found.has_more) == (len(expected), False)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("speaker:other", "EN"),
        ("-speaker:other", "ZH OPEN"),
        ("cue:greet", "ZH"),
        ("要点：courtesy.greet", "ZH"),
        ("cue:say_name", ""),
        ("-cue:greet", "EN OPEN"),
        ("missed:greet", "EN"),
        ("flag:missing", "EN"),
        ("提醒：漏说", "EN"),
        ("flag:late", ""),
        ("flag:critical", "EN"),
        ("flag:threat", "EN"),
        ("open:threat", ""),
        ("open:greet", "EN"),
        ("repaired:threat", "EN"),
        ("repaired:missing", ""),
        ("-flag:any", "ZH OPEN"),
        ("outcome:promise", "ZH"),
        ("outcome:overdue.dispute", "EN"),
        ("结果：任何", "EN ZH"),
        ("outcome:promise OR outcome:dispute", "EN ZH"),
        ("agent:ben", "EN"),
        ('agent:"Ben Okonkwo"', "EN"),
        ("script:overdue", "EN ZH OPEN"),
        ("语言：英文", "EN"),
        ("mode:practice", "EN"),
        ("方式：电话", "ZH OPEN"),
        ("after:2026-11-20", "EN ZH"),
        ("after:2026-11-21", "EN"),
        ("before:2026-11-20", "OPEN"),
        ("until:2026-11-20", "ZH OPEN"),
        ("截至：2026-11", "EN ZH OPEN"),
        ("on:2026-11-20", "ZH"),
        ("日期：2026年11月20日", "ZH"),
        ("on:2026/11", "EN ZH"),
        ("on:2025-1", "OPEN"),
        ("before:2026-11", "OPEN"),
        ("after:5d", "EN"),
        ("之后：6天", "EN ZH"),
        ("after:today", ""),
        ("longer:9s", "ZH"),
        ("longer:0:09", "ZH"),
        ("时长>0.15分", "ZH"),
        ("shorter:5", "OPEN"),
        ("ratio>50%", "OPEN"),
        ("ratio<0.4", "EN"),
        ("silence>=1s", "EN ZH"),
        ("-silence>=1s", "OPEN"),
        ("overtalk>0s", ""),
        ("-分期", "EN OPEN"),
        ("-分期 -lawyer", "OPEN"),
        ("-分期 speaker:other", "EN"),
        ("NOT (cue:greet OR flag:any)", "OPEN"),
    ],
)
def test_calls_are_found(searched: Path, query: str, expected: str) -> None:
    found = find(searched, query)
    assert " ".join(NAMES[hit.call.day] for hit in found.hits) == expected
    assert all(hit.heard is None for hit in found.hits)
    assert found.total == len(expected.split())


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("speaker:bob", "“bob” is no speaker"),
        ("language:french", "“french” is no language"),
        ("after:soon", "“soon” is no day"),
        ("after:2026-13-01", "“2026-13-01” is no day"),
        ("longer:far", "“far” is no length of time"),
        ("ratio>much", "“much” is no share"),
        ("分期 OR outcome:promise", "cannot be mixed"),
        ("分期 OR -还款", "nothing to be taken from"),
    ],
)
def test_what_cannot_be_answered_is_said(searched: Path, query: str, message: str) -> None:
    with pytest.raises(UsageError) as told:
        find(searched, query)
    assert message in told.value.message


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("outcome:promis", "did you mean promise?"),
        ("分期 cue:grete", "did you mean greet?"),
        ("agent:Zoe", "there are Ben Okonkwo, 王芳"),
    ],
)
def test_a_name_that_no_call_has_finds_nothing_and_is_told(
    searched: Path, query: str, note: str
) -> None:
    found = find(searched, query)
    assert found.total == 0
    assert note in found.notes[0]


def test_titles_stand_for_ids(searched: Path) -> None:
    asked: list[tuple[str, ...]] = []

    def titles(scripts: Collection[str]) -> dict[str, list[str]]:
        asked.append(tuple(scripts))
        return {"overdue.promise": ["承诺还款", "Promise to pay"], "courtesy.greet": ["打招呼"]}

    with Finder(searched) as finder:
        for query in ("结果：承诺还款", "结果：承诺", 'outcome:"promise to pay"', "要点：打招呼"):
            assert finder.find(query, TODAY, titles=titles).total == 1, query
        assert set(asked) == {("overdue",)}
        asked.clear()
        assert finder.find("outcome:promise", TODAY, titles=titles).total == 1
        assert not asked
        assert "承诺还款" in finder.find("结果：没有的", TODAY, titles=titles).notes[0]
        assert "promise" in finder.find("outcome:nothing", TODAY, titles=titles).notes[0]


def test_a_hit_tells_its_words_and_what_was_said_around(searched: Path) -> None:
    first, second = find(searched, "分期 OR 可以").hits
    assert marked(first) == ["分期"]
    assert marked(second) == ["可以", "分期"]
    assert first.before is not None
    assert first.before.text == "您好，我是王芳。"
    assert first.after == second.heard
    assert second.after is not None
    only = find(searched, "逾期").hits[0]
    assert (only.before, only.after, only.call.agent) == (None, None, "")


def test_hits_come_page_by_page(searched: Path) -> None:
    whole = find(searched, "期").hits
    assert [find(searched, "期", 1, at).hits[0] for at in range(3)] == list(whole)
    assert find(searched, "期", 1, 3).hits == ()
    assert find(searched, "期", 1, 1).total == 3


def test_no_more_are_counted_than_anybody_reads(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    write(path, call_of([("agent", "好")] * (COUNTED + 1)))
    found = find(path, "好", 2)
    assert (found.total, found.has_more, len(found.hits)) == (COUNTED, True, 2)


def test_a_search_can_be_stopped(searched: Path) -> None:
    write_many = " OR ".join("我是在有的了不一人"[at % 9] + "期*" for at in range(90))
    with Finder(searched) as finder:
        assert finder.find("期", TODAY).total == 3
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("callcoach.archive.search.find._OFTEN", 1)
            with pytest.raises(SearchStopped):
                finder.find(write_many, TODAY, is_over=lambda: True)
        assert finder.find("期", TODAY).total == 3


def test_a_journal_without_an_index_says_so(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    write(path, CALLS[0])
    with Finder(path) as finder, pytest.raises(StorageError, match="no index"):
        finder.find("分期", TODAY)


SIGNS = st.sampled_from(["分", "期", "还", "款", "，", " ", "pay ", "plan ", "don't "])
SPOKEN = st.tuples(
    st.sampled_from(["agent", "customer", "other"]), st.lists(SIGNS, max_size=6).map("".join)
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(SPOKEN, max_size=5), min_size=1, max_size=4),
    st.lists(
        st.sampled_from(["分", "期", "分期", "还款", "期还", "pay", "not"]), min_size=1, max_size=2
    ),
    st.sampled_from(["分", "期还", "pay", "plan"]),
    st.sampled_from(["agent", "customer", "other"]),
)
def test_what_is_found_is_what_a_look_at_every_utterance_finds(
    tmp_path_factory: pytest.TempPathFactory,
    calls: list[list[tuple[str, str]]],
    wanted: list[str],
    refused: str,
    speaker: str,
) -> None:
    path = tmp_path_factory.mktemp("all") / "journal.db"
    write(path, *map(call_of, calls))
    found = find(path, f"{' '.join(wanted)} -{refused} speaker:{speaker}")

    def has(text: str, word: str) -> bool:
        parts = re.findall("[a-z]+|[^a-z ，]", text.replace("don't", "do not"))
        return f" {' '.join(word if word.isascii() else [*word])} " in f" {' '.join(parts)} "

    expected = [
        text
        for said in calls
        for who, text in said
        if who == speaker and all(has(text, it) for it in wanted) and not has(text, refused)
    ]
    assert sorted(texts(found)) == sorted(expected)
