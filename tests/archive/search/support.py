"""What the tests of searching share: calls of a few utterances, and a search in all of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.search.find import Finder, Hit, Results
from callcoach.archive.search.index import catch_up
from callcoach.archive.writer import CallWriter
from callcoach.call.events import CallEnded, CallStarted, Event, Heard
from callcoach.script.model import OutcomeId, PackId, Speaker, StepId

TODAY = date(2026, 11, 26)
Said = tuple[str, str]
"""The speaker, and what was said."""


def call_of(
    said: Iterable[Said],
    *,
    started: str = "2026-11-20T09:00:00.000Z",
    agent: str = "Anna",
    mode: str = "call",
    language: str = "zh",
    outcome: str | None = "overdue.promise",
    more: Sequence[Event] = (),
) -> list[Event]:
    """Return the events of a call; each utterance takes two seconds, with one between them."""
    events: list[Event] = [
        CallStarted(
            seq=0,
            at=0.0,
            script=PackId("overdue"),
            digest="none",
            script_version="1",
            language=language,
            started=started,
            day=started[:10],
            seed=0,
            mode=mode,
            agent=agent,
        )
    ]
    for number, (speaker, text) in enumerate(said):
        start = number * 3.0
        events.append(
            Heard(
                seq=len(events),
                at=start + 2,
                speaker=Speaker(speaker),
                text=text,
                start=start,
                end=start + 2,
            )
        )
    events += more
    if outcome is not None:
        at = events[-1].at
        events.append(
            CallEnded(seq=len(events), at=at, step=StepId("x.end"), outcome=OutcomeId(outcome))
        )
    return events


def write(journal: Path, *calls: Sequence[Event]) -> list[CallId]:
    """Write calls into a journal; return their ids."""
    ids: list[CallId] = []
    for events in calls:
        id = new_call_id()
        writer = CallWriter(journal, id, ())
        assert writer.append(events).is_durable
        writer.close()
        ids.append(id)
    return ids


def add(journal: Path, call: CallId, events: Sequence[Event]) -> None:
    """Let a call that was written go on."""
    writer = CallWriter(journal, call, ())
    assert writer.append(events).is_durable
    writer.close()


def find(journal: Path, query: str, limit: int = 100, offset: int = 0) -> Results:
    """Return what a search finds in an index that is up to date."""
    catch_up(journal)
    with Finder(journal) as finder:
        return finder.find(query, TODAY, limit, offset)


def texts(found: Results) -> list[str]:
    """Return the utterances that were found."""
    return [hit.heard.text for hit in found.hits if hit.heard is not None]


def marked(hit: Hit) -> list[str]:
    """Return the words of a hit."""
    assert hit.heard is not None
    return [hit.heard.text[start:end] for start, end in hit.spans]
