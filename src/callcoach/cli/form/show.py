"""callcoach form show: a form as a reviewer reads it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.form.as_json import form_json
from callcoach.cli.form.files import form_library, script_for
from callcoach.cli.form.words import FormWords
from callcoach.cli.group import Command
from callcoach.cli.paint import Paint
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError
from callcoach.locale import mark
from callcoach.review.form.model import Form, Question, Section
from callcoach.words.display import display
from callcoach.words.wrap import pad, width, wrap

LONGEST = 100
"""Text is not set wider than this, in cells."""
_SHARE = 9
"""Cells at the right edge for how much a question counts."""


@click.command(
    "show",
    cls=Command,
    help=mark(
        "Print a form as a reviewer reads it: what is asked, what counts, what each answer scores,"
        " and which answers the call itself suggests."
    ),
    epilog="""
callcoach form show compliance
callcoach form show ./my-form.yaml
callcoach form show courtesy --json
""",
)
@click.argument("form", help=mark("A form, by its name or the path of its file."))
@json_option
@click.pass_obj
def show(place: Workplace, form: str, as_json: bool) -> None:
    """Print a form."""
    loaded = form_library(place).load(form)
    if loaded.form is None:
        raise PackError(
            "the form “{form}” has errors", "callcoach form check {form} lists them", form=form
        )
    if as_json:
        print_json(form_json(loaded.form))
        return
    known = loaded.form.languages
    language = place.language if place.language in known else known[0]
    words = FormWords(loaded.form, script_for(place, loaded), language, place.messages)
    columns = min(shutil.get_terminal_size().columns, LONGEST)
    for line in _Page(loaded.form, words, Paint(place), columns).lines():
        click.echo(line)


@dataclass(frozen=True, slots=True)
class _Page:
    """Sets a form in lines."""

    form: Form
    words: FormWords
    paint: Paint
    columns: int

    def lines(self) -> Iterator[str]:
        """Yield the form's lines."""
        yield display(f"{self.words.text(self.form.title)}  ({self.form.id} {self.form.version})")
        yield from self._set(self.words.head(), 0)
        number = 0
        for section in self.form.sections:
            yield ""
            yield from self._section(section)
            for question in section.questions:
                number += 1
                yield from self._question(number, section, question)
        if self.form.bands:
            yield ""
            yield from self._set(self.words.bands(), 0)

    def _section(self, section: Section) -> Iterator[str]:
        share = self.words.section_share(section)
        yield from self._titled("", self.words.text(section.title), share)
        for note in self.words.notes(section.when, section.help):
            yield from self._set(note, 2)

    def _question(self, number: int, section: Section, question: Question) -> Iterator[str]:
        share = self.words.share(section, question)
        yield from self._titled(f"{number:>3}  ", self.words.text(question.title), share)
        for note in self.words.notes(question.when, question.help):
            yield from self._set(note, 5)
        for answer in self.words.answers(question):
            yield from self._set(f"{self.paint.dot} {answer}", 7, hang=2)
        for note in self.words.rules(question):
            yield from self._set(f"{self.paint.arrow} {note}", 5, hang=2)

    def _titled(self, mark: str, title: str, share: str) -> Iterator[str]:
        """Yield a title with what it counts for at the right edge."""
        room = self.columns - len(mark) - _SHARE
        for place, line in enumerate(wrap(display(title), room)):
            if place:
                yield " " * len(mark) + line
            elif share:
                gap = " " * max(_SHARE - width(share), 1)
                yield f"{mark}{pad(line, room)}{gap}{share}"
            else:
                yield mark + line

    def _set(self, text: str, indent: int, hang: int = 0) -> Iterator[str]:
        for place, line in enumerate(wrap(display(text), self.columns - indent - hang)):
            yield " " * (indent + (hang if place else 0)) + line
