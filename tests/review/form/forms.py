"""Small forms for tests: in short, as a file would have them."""

from callcoach.review.form.check import check_loaded
from callcoach.review.form.load import load_form
from callcoach.review.form.model import Form
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.model import Script
from tests.support import Tree, dump


def tree(sections: Tree, **head: object) -> Tree:
    """Return a form in English with these sections."""
    return {
        "callcoach": 1,
        "form": "example",
        "version": "1",
        "title": "Example",
        "languages": ["en"],
        "pack": "example",
        **head,
        "sections": sections,
    }


def one(questions: Tree, **head: object) -> Tree:
    """Return a form of one section."""
    return tree({"part": {"title": "Part", "questions": questions}}, **head)


def form_of(given: Tree | str) -> Form:
    """Return a form that has to be without errors."""
    loaded = load_form(given if isinstance(given, str) else dump(given), "form.yaml")
    assert loaded.form is not None, loaded.findings
    return loaded.form


def findings(given: Tree | str, script: Script | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a form."""
    loaded = load_form(given if isinstance(given, str) else dump(given), "form.yaml")
    return (*loaded.findings, *check_loaded(loaded, script))


def codes(given: Tree | str, script: Script | None = None) -> list[str]:
    """Return the codes of what is wrong with a form."""
    return [finding.code for finding in findings(given, script)]
