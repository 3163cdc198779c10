"""What docs/forms.md and its Chinese twin show is a form that can be read and used."""

import re
from pathlib import Path

import pytest

from callcoach.review.form.presets import PRESETS
from tests.review.form.forms import codes

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("forms.md", "forms.zh.md")


def blocks(page: str) -> list[str]:
    """Return the YAML that a page shows."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_are_a_form_without_findings(page: str) -> None:
    form, in_two, answers, ranges, conditions = blocks(page)
    assert codes(form) == []
    assert codes(form + answers + ranges) == []
    both = re.sub(r"title: (\S+)( \S+)?\n", r"title: {zh: \1, en: \1}\n", form, count=2)
    both = re.sub(r"languages: .*", "languages: [zh, en]", both)
    assert codes(both[: both.index("      greets")] + in_two) == []
    asked = "      upset: Upset\n      reason: {title: Reason, answers: {illness: {title: Ill, "
    asked += "score: 1}, job: {title: Job, score: 0}, none_given: {title: None, score: 0.5}}}\n"
    for number, when in enumerate(conditions.strip().splitlines()):
        question = f"      q{number}:\n        title: Q{number}\n        {when.strip()}\n"
        assert codes(form + asked + question) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_every_preset(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in PRESETS)
