"""Composes the report on a call in the reader's language: what was said, and how it went."""

from collections.abc import Iterator

from callcoach.archive.export.account import Account, CueMet, FlagTold, Quote, gather
from callcoach.archive.export.blocks import Block, Heading, Item, Items, Paragraph
from callcoach.archive.export.clock import clock
from callcoach.archive.export.measures import measures
from callcoach.archive.export.names import (
    fact_text,
    flag_name,
    language_name,
    mode_name,
    severity_name,
)
from callcoach.archive.export.record import CallRecord
from callcoach.archive.zone import local_moment
from callcoach.call.events import Heard
from callcoach.call.explain import cue_title, explain, explain_doubt, step_title
from callcoach.call.names import capture_text, clearing_name, speaker_name, tick_name
from callcoach.locale import Messages
from callcoach.script.model import Script

_DIGEST = 12
"""How many digits of a digest a reader needs."""


def compose(record: CallRecord, messages: Messages, script: Script | None) -> Iterator[Block]:
    """Yield the report on a call, part by part. Raises `StorageError` for events of no call."""
    account = gather(record, script)
    return _Report(record, account, script, messages).blocks()


class _Report:
    """The report on one call."""

    def __init__(
        self, record: CallRecord, account: Account, script: Script | None, messages: Messages
    ) -> None:
        self.record = record
        self.account = account
        self.given = script
        self.messages = messages
        self.language = messages.language

    def blocks(self) -> Iterator[Block]:
        yield Heading(1, self._title())
        yield Items(tuple(self._head()))
        yield from self._section(self.messages.say("Facts"), self._facts())
        yield from self._transcript()
        yield from self._section(self.messages.say("Cues met"), self._met(self.account.met))
        yield from self._section(self.messages.say("Cues missed"), self._missed())
        yield from self._section(self.messages.say("Noticed"), self._met(self.account.noticed))
        yield from self._flags()
        yield from self._section(self.messages.say("Notes"), self._notes())
        yield from self._section(self.messages.say("Perhaps heard"), self._doubted())
        yield from self._section(self.messages.say("Listening"), self._listening())
        metrics = measures(self.account.metrics, self.messages, self.account.listened)
        yield from self._section(self.messages.say("Measures"), metrics)

    def _section(self, title: str, items: Iterator[Item]) -> Iterator[Block]:
        """Yield a section, or nothing where it has no items."""
        found = tuple(items)
        if found:
            yield Heading(2, title)
            yield Items(found)

    def _lead(self, text: str) -> str:
        return self.messages.say("{label}:", label=text)

    def _title(self) -> str:
        titled = self.given.title.plain(self.language) if self.given else ""
        return titled or self.record.title or self.record.script

    def _head(self) -> Iterator[Item]:
        record, say = self.record, self.messages.say
        script = say(
            "{id}, version {version} ({digest})",
            id=record.script,
            version=record.version,
            digest=record.digest[:_DIGEST],
        )
        head = (
            (say("Call"), record.id),
            (say("Script"), script),
            (say("Language"), language_name(record.language)),
            (say("Kind"), mode_name(record.mode, self.messages)),
            (say("Agent"), record.agent),
            (say("Day"), record.day),
            (say("Began"), local_moment(record.started)),
            (say("Length"), clock(self.account.metrics.duration)),
            (say("Outcome"), self._outcome()),
            (say("Personal data"), self._privacy()),
        )
        for label, value in head:
            if value:
                yield Item(self._lead(label), value)

    def _privacy(self) -> str:
        """Return whether personal data are masked, or why they are not; nothing if nobody said."""
        if self.record.is_redacted:
            return self.messages.say("masked")
        return self.record.why_whole

    def _outcome(self) -> str:
        ended, say = self.account.state.ended, self.messages.say
        if ended is None:
            return say("the call has not ended")
        known = self.account.script.outcomes.get(ended.outcome) if ended.outcome else None
        title = (known.title.plain(self.language) if known else "") or self.record.outcome
        title = title or ended.outcome or say("none")
        if self.record.code:
            title = say("{title} ({code})", title=title, code=self.record.code)
        if ended.is_early:
            return say("{outcome}, before the end of the script", outcome=title)
        return title

    def _facts(self) -> Iterator[Item]:
        for id, value in self.account.state.facts.items():
            fact = self.account.script.facts.get(id)
            title = (fact.title.plain(self.language) if fact else "") or id
            yield Item(self._lead(title), fact_text(fact, value, self.language, self.messages))

    def _transcript(self) -> Iterator[Block]:
        yield Heading(2, self.messages.say("Transcript"))
        if not self.account.sections:
            yield Paragraph(self.messages.say("Nothing was said."))
        for section in self.account.sections:
            title = step_title(self.account.script, section.step, self.language)
            yield Heading(3, f"{clock(section.at)} {title}")
            if section.heard:
                yield Items(tuple(map(self._said, section.heard)))

    def _said(self, heard: Heard) -> Item:
        speaker = speaker_name(heard.speaker, self.messages)
        return Item(self._lead(f"{clock(heard.start)} {speaker}"), heard.text)

    def _met(self, cues: tuple[CueMet, ...]) -> Iterator[Item]:
        for met in cues:
            title = cue_title(self.account.script, met.cue, self.language)
            words = self._quote(met.quote) if met.quote else tick_name(met.is_unkept, self.messages)
            yield Item(self._lead(f"{clock(met.at)} {title}"), words)

    def _missed(self) -> Iterator[Item]:
        for id in self.account.missed:
            yield Item("", cue_title(self.account.script, id, self.language))

    def _flags(self) -> Iterator[Block]:
        yield Heading(2, self.messages.say("Flags"))
        if not self.account.flags:
            yield Paragraph(self.messages.say("No flag was raised."))
            return
        yield Items(tuple(map(self._flag, self.account.flags)))

    def _flag(self, told: FlagTold) -> Item:
        say = self.messages.say
        flag, cleared = told.story.raised, told.story.cleared
        why = explain(flag, self.account.script, self.language, self.messages)
        sort = say(
            "{what}, {severity}",
            what=flag_name(flag.what, self.messages),
            severity=severity_name(flag.severity, self.messages),
        )
        details = [sort, *(self._evidence(quote) for quote in told.quotes)]
        if told.story.times > 1:
            times = told.story.times
            details.append(self.messages.count("Raised {n} time.", "Raised {n} times.", times))
        if cleared is None:
            details.append(say("Still open at the end."))
        else:
            details.append(
                say(
                    "Put right at {time}: {how}.",
                    time=clock(cleared.at),
                    how=clearing_name(cleared.by, self.messages),
                )
            )
        return Item(self._lead(f"{clock(flag.at)} {why.title}"), why.reason, tuple(details))

    def _quote(self, quote: Quote) -> str:
        return self.messages.say("“{words}”", words=quote.words)

    def _evidence(self, quote: Quote) -> str:
        return self.messages.say(
            "{time} {speaker}: “{words}”",
            time=clock(quote.at),
            speaker=speaker_name(quote.speaker, self.messages),
            words=quote.words,
        )

    def _doubted(self) -> Iterator[Item]:
        for found in self.account.doubted:
            event = found.event
            words = self.messages.say("“{words}”", words=found.words.words if found.words else "")
            why = explain_doubt(event, self.account.script, self.language, self.messages)
            yield Item(self._lead(clock(event.at)), why, (words,) if found.words else ())

    def _listening(self) -> Iterator[Item]:
        for event in self.account.listening:
            yield Item(self._lead(clock(event.at)), capture_text(event, self.messages))

    def _notes(self) -> Iterator[Item]:
        for note in self.account.notes:
            yield Item(self._lead(clock(note.at)), note.text)
