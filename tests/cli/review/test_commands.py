"""callcoach review: a form filled in, submitted, appealed against, decided, acknowledged."""

from pathlib import Path
from typing import Any

import pytest

from callcoach.archive.reviews import Queue, save_queue
from tests.cli.home import Answer, Home

FORM = """\
callcoach: 1
form: mine
version: "1"
title: {zh: 我的, en: Mine}
languages: [zh, en]
pack: courtesy
sections:
  all:
    title: {zh: 全部, en: All}
    questions:
      greets: {zh: 问好, en: Greets, cue: courtesy.greet}
      clear: {zh: 清楚, en: Was clear, help: {zh: 能听懂, en: To be followed.}}
"""
THREATENS = """\
      threatens: {zh: 威胁, en: Threatens, answers: no_yes, flag: courtesy.threat}
"""


@pytest.fixture
def review(home: Home) -> Home:
    """Return a home with a call by Li, and a review of it begun by Wang."""
    home.environment["CALLCOACH_AGENT"] = "Li"
    home.make_call()
    home.write("mine.yaml", FORM)
    begun = home.run("review", "start", "last", "--form", "mine.yaml", "--as", "Wang")
    assert begun.code == 0, begun.err
    return home


def shown(home: Home, person: str = "Wang") -> Any:
    return home.run("review", "show", "last", "--as", person, "--json").json


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("Mine", "Greets", "Was clear", "To be followed.", "1 Yes · 2 No", "To be answered"),
        ),
        ("zh", ("我的", "问好", "能听懂", "1 是 · 2 否", "草稿")),
    ],
)
def test_a_review_is_shown_with_what_the_call_suggests(
    review: Home, language: str, words: tuple[str, ...]
) -> None:
    told = review.run("review", "show", "last", language=language)
    assert told.code == 0
    for word in words:
        assert word in told.out
    answers = {it["id"]: (it["by"], bool(it["evidence"])) for it in shown(review)["questions"]}
    assert answers == {"greets": ("call", True), "clear": (None, False)}


def test_evidence_quotes_the_words_that_count(review: Home) -> None:
    told = review.run("review", "show", "last", language="zh").out
    call = review.run("show", "last", "--json").json
    said = next(it["text"] for it in call["utterances"] if it["speaker"] == "agent")
    (quoted,) = [line for line in told.splitlines() if "«" in line]
    assert quoted.replace("«", "").replace("»", "").endswith(f"坐席：{said}")
    assert "待回答：2 清楚" in told


def test_a_submitted_review_says_until_when_it_can_be_appealed(review: Home) -> None:
    review.run("review", "answer", "last", "清楚", "no", "--as", "Wang")
    assert "appealed against" not in review.run("review", "show", "last").out
    review.run("review", "submit", "last", "--as", "Wang")
    assert "It can be appealed against until 20" in review.run("review", "show", "last").out
    review.run("review", "appeal", "last", "No.", "--question", "清楚", "--as", "Li")
    assert "Li: No. · 2 Was clear" in review.run("review", "show", "last").out


def test_a_review_is_found_by_its_call(review: Home) -> None:
    call = review.run("show", "last", "--json").json["call"]["id"]
    assert review.run("review", "show", call, "--json").json["call"] == call
    assert (
        review.run("review", "start", call, "--form", "mine.yaml", "--as", "Bo", "--also").code == 0
    )
    mine = review.run("review", "show", call, "--as", "Wang", "--json").json
    assert (mine["call"], mine["reviewer"]) == (call, "Wang")
    told = review.run("review", "show", call, "--as", "Chen")
    assert (told.code, "there is no review" in told.err) == (2, True)


def test_a_comment_is_about_a_place_in_the_call(review: Home) -> None:
    told = review.run("review", "comment", "last", "Late.", "--from", "99:05", "--as", "Wang")
    assert told.code == 2
    assert "1:39:05 is after the end of the call" in told.err
    assert shown(review)["comments"] == []


def test_from_draft_to_acknowledged(review: Home) -> None:
    def go(*words: str, person: str = "Wang") -> int:
        return review.run("review", *words, "--as", person).code

    refused = review.run("review", "submit", "last", "--as", "Wang")
    assert (refused.code, "clear" in refused.err) == (1, True)
    assert go("answer", "last", "clear", "no") == 0
    assert go("comment", "last", "Too", "fast.", "--question", "2", "--from", "0:01") == 0
    assert go("submit", "last") == 0
    assert go("answer", "last", "clear", "yes") == 1
    assert go("appeal", "last", "It was.", "--question", "clear", person="Bo") == 1
    assert go("appeal", "last", "It was.", "--question", "clear", person="Li") == 0
    assert go("decide", "last", "changed", "True.", person="Chen") == 1
    assert go("answer", "last", "2", "1", person="Chen") == 0
    assert go("decide", "last", "upheld", "No.", person="Chen") == 1
    assert go("decide", "last", "changed", "True.", person="Chen") == 0
    assert go("acknowledge", "last", person="Li") == 0
    found = shown(review)
    assert found["status"] == "acknowledged"
    assert found["submitted"]["score"]["percent"] == 50.0
    assert found["decision"]["score"]["percent"] == found["score"]["percent"] == 100.0
    assert found["comments"][0]["start"] == 1.0
    for language in ("en", "zh"):
        told = review.run("review", "show", "last", language=language)
        assert "It was." in told.out
        assert "Too fast." in told.out
    assert review.run("journal", "verify").code == 0


def test_who_reviewed_decides_alone_only_where_they_say_so(review: Home) -> None:
    def go(*words: str, person: str = "Wang") -> Answer:
        return review.run("review", *words, "--as", person)

    assert go("answer", "last", "clear", "no").code == 0
    assert go("submit", "last").code == 0
    assert go("appeal", "last", "It was.", person="Li").code == 0
    refused = go("decide", "last", "upheld", "No.")
    assert refused.code == 1
    assert "--alone" in refused.err
    assert go("decide", "last", "upheld", "No.", "--alone").code == 0
    assert shown(review)["decision"]["alone"] is True
    assert "Wang, who also reviewed: No." in review.run("review", "show", "last").out


def test_an_answer_can_be_taken_back_and_skipped(review: Home) -> None:
    run = review.run
    told = run("review", "answer", "last", "greets", "no", "--as", "Wang", "--json").json
    assert told["questions"][0]["answer"]["options"] == ["no"]
    assert told["questions"][0]["suggested"]["options"] == ["yes"]
    told = run("review", "answer", "last", "greets", "--take-back", "--as", "Wang", "--json").json
    assert told["questions"][0]["answer"]["options"] == ["yes"]
    told = run("review", "answer", "last", "clear", "--skip", "--as", "Wang", "--json").json
    assert (told["unanswered"], told["score"]["percent"]) == ([], 100.0)


def test_comments_are_numbered_and_removed(review: Home) -> None:
    run = review.run
    assert "1" in run("review", "comment", "last", "Good.", "--coaching", "--as", "Wang").out
    assert "coaching" in run("review", "show", "last").out
    assert run("review", "comment", "last", "Better.", "--edit", "1", "--as", "Wang").code == 0
    assert [it["text"] for it in shown(review)["comments"]] == ["Better."]
    assert run("review", "comment", "last", "--remove", "1", "--as", "Wang").code == 0
    assert shown(review)["comments"] == []


HARSH = """\
Agent: Good morning, this is Li from Fairway. Is that Ms Wang?
Customer: Yes. What is it?
Agent: Shut up and listen, or we will come to your office.
Customer: Goodbye.
"""


@pytest.fixture
def harsh(home: Home) -> Home:
    """Return a home with a call by Li in which things were flagged, and a review begun by Wang."""
    home.write("harsh.txt", HARSH)
    home.write("mine.yaml", FORM + THREATENS)
    taken = ("review", "import", "harsh.txt", "--pack", "courtesy", "--agent-name", "Li")
    assert home.run(*taken).code == 0
    begun = home.run("review", "start", "last", "--form", "mine.yaml", "--as", "Wang")
    assert begun.code == 0, begun.err
    return home


def flag_number(told: str, words: str) -> str:
    """Return the number of the flag that is shown with some words."""
    flags = told[told.index("\nFlags\n") :].splitlines()
    return next(line.split()[0] for line in flags if words in line)


def test_a_flag_that_no_question_asks_about_is_rejected_by_its_number(harsh: Home) -> None:
    run = harsh.run
    told = run("review", "show", "last").out
    number = flag_number(told, "«Shut up»")
    made = run("review", "reject", "last", number, "A", "quotation.", "--as", "Wang")
    assert (made.code, "counts nowhere" in made.out) == (0, True)
    assert "not so, says Wang: A quotation." in run("review", "show", "last").out
    (rejected,) = shown(harsh)["rejected_flags"]
    assert (rejected["by"], rejected["why"], rejected["flag"]) == (
        "Wang",
        "A quotation.",
        "forbidden",
    )
    assert run("review", "reject", "last", number, "--take-back", "--as", "Wang").code == 0
    assert shown(harsh)["rejected_flags"] == []
    run("review", "reject", "last", number, "--as", "Wang")
    drawn = ("review", "sample", "--count", "1", "--flag", rejected["cue"])
    assert run(*drawn).code == 0
    run("review", "answer", "last", "clear", "no", "--as", "Wang")
    assert run("review", "submit", "last", "--as", "Wang").code == 0
    assert run(*drawn).code != 0
    cue = rejected["cue"]
    assert (run("search", f"flag:{cue}").code, run("search", f"rejected:{cue}").code) == (1, 0)
    run("review", "reopen", "last", "--as", "Wang")
    assert (run("search", f"flag:{cue}").code, run("search", f"rejected:{cue}").code) == (0, 1)
    assert run("journal", "verify").code == 0


def test_a_flag_that_a_question_asks_about_is_left_to_its_answer(harsh: Home) -> None:
    told = harsh.run("review", "show", "last").out
    number = flag_number(told, "come to your office»")
    assert "question 3 asks about it" in told
    made = harsh.run("review", "reject", "last", number, "--as", "Wang")
    assert (made.code, "callcoach review answer" in made.err) == (1, True)
    harsh.run("review", "answer", "last", "threatens", "no", "--as", "Wang")
    assert "not so, says Wang" in harsh.run("review", "show", "last").out


def test_a_flag_that_is_not_there_is_told_with_a_remedy(harsh: Home) -> None:
    made = harsh.run("review", "reject", "last", "99", "--as", "Wang")
    assert (made.code, "callcoach review show" in made.err) == (2, True)


@pytest.mark.parametrize(("language", "title"), [("en", "Mine"), ("zh", "我的")])
def test_the_list_names_forms_by_their_titles(review: Home, language: str, title: str) -> None:
    assert f" {title} " in review.run("review", "list", language=language).out
    assert review.run("review", "list", "--json").json[0]["form"] == "mine"


SLIPS = [
    (("show", "nope"), "there is no review"),
    (("answer", "last", "clear"), "name one answer"),
    (("answer", "last", "clear", "yes", "--skip"), "name one answer"),
    (("answer", "last", "9", "yes"), "there are 1 greets, 2 clear"),
    (("answer", "last", "clear", "maybe"), "there are yes, no"),
    (("comment", "last", "x", "--from", "soon"), "write it as 1:05"),
    (("comment", "last", "x", "--remove", "1"), "leave out the text"),
    (("comment", "last", "x", "--edit", "1", "--from", "0:05"), "stays as it was"),
    (("start", "last", "--form", "mine.yaml"), "callcoach review show"),
    (("start", "last", "--form", "nope"), "there is no form"),
    (("list", "--call", "nope"), "there is no call"),
]


def test_a_slip_is_told_with_a_remedy(review: Home) -> None:
    for words, told in SLIPS:
        made = review.run("review", *words, "--as", "Wang")
        assert made.code in (1, 2, 3)
        assert told in made.err


def test_a_calibration_is_blind_until_submitted(review: Home) -> None:
    def run(*words: str, person: str) -> Any:
        return review.run("review", *words, "--as", person)

    start = ("start", "last", "--form", "mine.yaml", "--purpose", "calibration")
    for person in ("Bo", "Chen"):
        begun = run(*start, "--json", person=person).json
        assert begun["questions"][0]["suggested"] is None
        for question in ("greets", "clear"):
            answered = run("answer", begun["id"], question, "yes", "--json", person=person)
            assert answered.code == 0
    bo = run("list", "--reviewer", "Bo", "--json", person="Bo").json[0]["id"]
    assert run("submit", bo, person="Bo").code == 0
    assert run("show", bo, person="Chen").code == 1
    hidden = run("rescore", "last", "--json", person="Chen").json
    assert (hidden["results"], hidden["judged"]) == ([], 0)
    assert run("list", "--reviewer", "Bo", "--json", person="Chen").json[0]["score"] is None
    assert "blind" in run("list", "--reviewer", "Bo", person="Chen").out
    assert run("calibrate", "--form", "mine.yaml", person="Chen").code == 1
    assert run("submit", run("list", "--reviewer", "Chen", "--json", person="Chen").json[0]["id"],
               person="Chen").code == 0  # fmt: skip
    assert run("show", bo, person="Chen").code == 0
    found = run("calibrate", "--form", "mine.yaml", "--expert", "Bo", "--json", person="Chen").json
    assert found["reviewers"] == ["Chen"]
    assert [it["expert"] for it in found["questions"]] == [{"Chen": 1.0}] * 2
    alone = run("calibrate", "--form", "mine.yaml", "--expert", "Bo", person="Chen")
    assert "Chen like Bo" in alone.out
    assert "alpha" not in alone.out + alone.err
    both = run("calibrate", "last", "--form", "mine.yaml", person="Zhao")
    assert (both.code, "100%" in both.out) == (0, True)
    assert "0 that of chance" in both.err
    assert "一致" in review.run("review", "calibrate", "--form", "mine.yaml", language="zh").out
    path = Path(review.run("journal", "path").out.strip())
    save_queue(path, Queue("empty", "2026-12-01T06:00:00.000Z", "Zhao", (), "{}"))
    none = run("calibrate", "--queue", "empty", "--form", "mine.yaml", person="Zhao")
    assert none.code == 1, "not those of all other calls"


def test_reviews_are_listed(review: Home) -> None:
    assert len(review.run("review", "list", "--call", "last", "--json").json) == 1
    assert review.run("review", "list", "--status", "submitted", "--json").json == []
    assert "None of the reviews" in review.run("review", "list", "--status", "submitted").err
    assert "Wang" in review.run("review", "list").out
    assert "草稿" in review.run("review", "list", language="zh").out


def test_without_reviews_the_list_says_how_to_begin(home: Home) -> None:
    told = home.run("review", "list")
    assert (told.code, told.out) == (0, "")
    assert "callcoach review start" in told.err


def test_who_begins_first_has_the_call(review: Home) -> None:
    words = ("review", "start", "last", "--form", "mine.yaml", "--as")
    refused = review.run(*words, "Chen")
    assert (refused.code, "Wang is at this call" in refused.err) == (2, True)
    assert "--also" in refused.err
    assert review.run(*words, "Chen", "--also").code == 0
    assert review.run(*words, "Bo", "--purpose", "calibration").code == 0, "which is apart"


def test_nobody_reviews_their_own_call(review: Home) -> None:
    words = ("review", "start", "last", "--form", "mine.yaml", "--as", "Li", "--json")
    refused = review.run(*words, "--purpose", "standard")
    assert (refused.code, "nobody reviews their own call" in refused.err) != (0, False)
    own = review.run(*words).json
    assert own["purpose"] == "self"
    review.run("review", "answer", own["id"], "clear", "yes", "--as", "Li")
    assert review.run("review", "submit", own["id"], "--as", "Li").code == 0
    assert "(own call)" in review.run("review", "list", "--as", "Li").out
    assert review.run("review", "acknowledge", own["id"], "--as", "Li").code != 0


def test_what_was_handed_in_is_taken_back(review: Home) -> None:
    review.run("review", "answer", "last", "clear", "yes", "--as", "Wang")
    review.run("review", "submit", "last", "--as", "Wang")
    assert review.run("review", "reopen", "last", "--as", "Chen").code != 0
    back = review.run("review", "reopen", "last", "A", "slip.", "--as", "Wang")
    assert (back.code, "in draft" in back.out) == (0, True)
    (told,) = shown(review)["reopened"]
    assert (told["by"], told["why"], told["score"]["percent"]) == ("Wang", "A slip.", 100.0)
    assert "taken back  Wang: A slip." in review.run("review", "show", "last", "--as", "Wang").out
    assert review.run("review", "submit", "last", "--as", "Wang").code == 0
