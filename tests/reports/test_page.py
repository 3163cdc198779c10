"""Reports as pages, in a real browser: they render, ask for nothing, and nobody is shut out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from callcoach.archive.export.redacted import redact_record
from callcoach.call.inputs import EndCall
from callcoach.locale import Messages
from callcoach.reports.examples import examples_of
from callcoach.reports.figures import figures_of
from callcoach.reports.many import About, report_of
from callcoach.reports.names import Names
from callcoach.reports.page import write_page
from callcoach.reports.reviewed import with_reviews
from callcoach.reports.scorecard import Reviewed, moved_spans
from callcoach.reports.sheet import Report
from callcoach.reports.single import OneCall, report_of_call
from callcoach.script.model import CueId, OutcomeId, StepId
from callcoach.words.display import display
from tests.archive.exports import CUSTOMER, INPUTS, call_of, example, hear
from tests.reports.browser import Browser, browsing
from tests.reports.calls import HELLO, NAME, figured, flagged, names_of, scored
from tests.reports.hostile import hostile
from tests.review.forms import WHEN, opened

AXE = files("axe_core_python") / "axe.min.js"
HOSTILE = hostile()
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
LONG = "a very long name of a step that goes on and on " * 4


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("profile")) as made:
        yield made


def team(language: str, agents: Sequence[str] = ("Li", "Bo")) -> Report:
    """Return a report with every kind of section."""
    calls = [
        figured(
            at,
            agent=agents[at % len(agents)],
            day=f"2026-11-{1 + at % 7 * 4:02}",
            flags=(flagged(is_repaired=at % 3 == 0), flagged(NAME))[: at % 3],
            scores=(scored(50.0 + at % 50),),
            left_at=HELLO if at % 4 == 0 else None,
        )
        for at in range(60)
    ]
    record = call_of(*INPUTS)
    names = names_of(example(), language)
    shown = examples_of(record, example(), names.messages)
    about = About("team", damaged=("01a218cf",), made="2026-12-01")
    return report_of(about, calls, names, shown)


def one_call(language: str, *texts: str) -> Report:
    """Return the report on a call in which the customer says some things."""
    record = call_of(
        *INPUTS[:8], *((20.0 + at, hear(CUSTOMER, text, 19.0 + at, 20.0 + at))
                       for at, text in enumerate(texts)), (999.0, EndCall())
    )  # fmt: skip
    review = opened("Wang")
    for question in ("greets", "names"):
        review.answer(question, review.answers[next(iter(review.answers))], by="Wang", when=WHEN)
    review.comment(texts[0] if texts else "Well done.", by="Wang", when=WHEN, is_coaching=True)
    review.submit(by="Wang", when=WHEN)
    messages = Messages(language)
    masked = redact_record(record, example(), messages)
    bare = figures_of(record.id, record.events, example())
    figures = with_reviews(bare, [review.state], {review.form.digest: review.form}.get)
    reviewed = [Reviewed(review.state, review.form)]
    moved = moved_spans(record.events, masked.events)
    call = OneCall(masked, figures, example(), reviewed, "2026-12-01", moved)
    return report_of_call(call, names_of(example(), language))


def written(report: Report, folder: Path) -> Path:
    page = folder / "report.html"
    page.write_text(write_page(report, Messages(report.language)), encoding="utf-8")
    return page


KINDS: Mapping[str, Callable[[str], Report]] = {
    "team": team,
    "call": one_call,
    "empty": lambda language: report_of(
        About("agent", agent="Li"), [], names_of(example(), language)
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_renders_for_everybody(
    browser: Browser, tmp_path: Path, kind: str, language: str
) -> None:
    page = written(KINDS[kind](language), tmp_path)
    for width, is_dark in ((1100, False), (390, True)):
        browser.open(page, width, is_dark)
        assert browser.requests() == []
        assert browser.complaints() == []
        assert browser.run("document.documentElement.scrollWidth") <= width
        assert (
            browser.run("document.documentElement.lang") == {"en": "en", "zh": "zh-Hans"}[language]
        )
        if not is_dark:
            browser.run("for (const it of document.querySelectorAll('details')) it.open = true")
        browser.run(AXE.read_text(encoding="utf-8"))
        # What stands where is the same in both; the colours are not.
        rules = "{runOnly: ['color-contrast']}" if is_dark else "{}"
        found = browser.run(
            f"axe.run(document, {rules}).then(it => it.violations.concat(it.incomplete.filter("
            "i => i.id != 'color-contrast')).map(v => [v.id, ...v.nodes.map(n => n.html)]))"
        )
        assert found == []
    assert browser.run("document.querySelectorAll('h1').length") == 1


def test_the_page_says_what_it_is_about(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(team("en"), tmp_path))
    text = browser.run("document.body.innerText")
    for words in ("Calls of the team", "Li, 30 calls", "Say your name", "95% interval", "or else"):
        assert words in text
    browser.open(written(team("zh"), tmp_path))
    assert "报姓名" in browser.run("document.body.innerText")


def test_no_calls_get_a_friendly_page(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(KINDS["empty"]("en"), tmp_path))
    text = browser.run("document.querySelector('main').innerText")
    assert "Nothing is wrong" in text
    assert browser.run("document.querySelectorAll('main section').length") == 1


def test_every_chart_has_its_figures_in_a_table_and_a_name(
    browser: Browser, tmp_path: Path
) -> None:
    browser.open(written(team("en"), tmp_path))
    tables = browser.run(
        "[...document.querySelectorAll('section.section')].filter(s => s.querySelector('figure'))"
        ".map(s => s.querySelectorAll('table tbody tr').length)"
    )
    assert len(tables) >= 9
    assert 0 not in tables
    named = browser.run(
        "[...document.querySelectorAll('svg[role=img]')].every("
        "s => s.querySelector('title').textContent && s.querySelector('desc').textContent)"
    )
    assert named


def test_it_prints_on_a4_and_nothing_runs_over(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(team("zh"), tmp_path))
    made = browser.print()
    pages = len(re.findall(rb"/Type\s*/Page[^s]", made))
    assert 3 <= pages <= 12
    assert set(re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)", made)) <= {
        (b"594", b"841"), (b"595", b"841"), (b"595", b"842"), (b"594", b"842"),
    }  # fmt: skip
    # As wide as what stands between the margins of A4, 180 mm, at 96 dots an inch.
    browser.call("Emulation.setEmulatedMedia", media="print")
    browser.call("Emulation.setDeviceMetricsOverride", width=680, height=990,
                 deviceScaleFactor=1, mobile=False)  # fmt: skip
    over = browser.run(
        "[...document.querySelectorAll('main *')].filter(it => {"
        "const box = it.getBoundingClientRect(); return box.right > 681 || box.left < -1})"
        ".map(it => it.outerHTML.slice(0, 200))"
    )
    browser.call("Emulation.setEmulatedMedia", media="")
    assert over == []


def hostile_team() -> Report:
    calls = [
        figured(
            at,
            agent=text,
            outcome=OutcomeId(text),
            steps=(StepId(text), HELLO),
            left_at=StepId(text),
            flags=(flagged(CueId(text)),),
        )
        for at, text in enumerate(HOSTILE)
    ]
    names = names_of(example())
    told = examples_of(call_of(*INPUTS), example(), names.messages)[0]
    shown = [
        replace(told, title=one, sort=two, severity="major", reason=three, where=four, end=one,
                quotes=(replace(told.quotes[0], before=one, words=two, after=three, speaker=four),))
        for one, two, three, four in zip(*[iter(HOSTILE)] * 4, strict=True)
    ]  # fmt: skip
    about = About("agent", agent=HOSTILE[0], since=HOSTILE[1], made=HOSTILE[2])
    return report_of(replace(about, kind="team"), calls, names, shown)


@pytest.mark.parametrize("make", [hostile_team, lambda: one_call("en", *HOSTILE)])
def test_five_hundred_hostile_texts_stay_texts(
    browser: Browser, tmp_path: Path, make: Callable[[], Report]
) -> None:
    assert len(set(HOSTILE)) == 500
    page = written(make(), tmp_path)
    browser.open(page)
    assert browser.requests() == []
    assert browser.complaints() == []
    assert (
        browser.run("typeof window.pwned + document.title.startsWith('pwned')") == "undefinedfalse"
    )
    for wanted in ("script", "img", "iframe", "object", "embed", "base", "form", "style + style",
                   "math", "template", "animate", "meta[http-equiv=refresh]"):  # fmt: skip
        assert browser.run(f"document.querySelectorAll({wanted!r}).length") == 0, wanted
    attributes = browser.run(
        "[...document.querySelectorAll('*')].flatMap(it => [...it.attributes]).filter(it =>"
        " it.name.startsWith('on') || ['src', 'style', 'srcdoc', 'action'].includes(it.name) ||"
        " (/href/.test(it.name) && !/^(#[a-z0-9]+|data:,)$/.test(it.value))).map(it => it.name)"
    )
    assert attributes == []
    text = browser.run("document.body.textContent")
    squeezed = re.sub(r"\s+", "", text)
    missing = [it for it in HOSTILE if re.sub(r"\s+", "", display(it)) not in squeezed]
    assert missing == []


class _Tags(HTMLParser):
    """Checks that what is opened is closed, in order."""

    EMPTY = frozenset(("meta", "link", "line"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        assert tag in self.EMPTY

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_markup_is_whole_and_forbids_all_but_its_style(kind: str, language: str) -> None:
    text = write_page(KINDS[kind](language), Messages(language))
    tags = _Tags()
    tags.feed(text)
    assert tags.open == []
    assert text.startswith("<!DOCTYPE html>")
    policy = re.search(r'Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in policy[1]
    assert "unsafe" not in policy[1]


def test_a_masked_call_shows_no_personal_data() -> None:
    said = "My number is 13812345678 and my mail is anna.berg@example.com."
    text = write_page(one_call("en", said), Messages("en"))
    assert "13812345678" not in text
    assert "anna.berg" not in text


def test_a_name_that_reorders_the_line_cannot() -> None:
    text = write_page(team("en", ("a\u202eb\u200b", "Bo")), Messages("en"))
    assert "\u202e" not in text
    assert "\u200b" not in text


def test_a_call_whose_script_is_lost_still_has_a_page() -> None:
    record = call_of(*INPUTS)
    messages = Messages("en")
    figures = figures_of(record.id, record.events, None)
    call = OneCall(redact_record(record, None, messages), figures, None, [], "2026-12-01")
    text = write_page(report_of_call(call, Names({}, messages)), messages)
    assert "example.threat" in text
    assert "or else" in text


def test_long_names_break(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(team("en", (LONG, "王" * 80)), tmp_path), 360)
    assert browser.run("document.documentElement.scrollWidth") <= 360
