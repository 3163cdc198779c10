"""Makes reports of what is in the journal, for commands and screens alike."""

from collections.abc import Callable
from dataclasses import replace

from callcoach.archive.export.record import record_call
from callcoach.archive.export.redacted import redact_record
from callcoach.cli.days import today
from callcoach.cli.report.calls import CallReader, Found, Wanted
from callcoach.cli.workplace import Workplace
from callcoach.reports.compare import days_before
from callcoach.reports.figures import figures_of
from callcoach.reports.kept import damage_of
from callcoach.reports.many import About, report_of
from callcoach.reports.names import Names
from callcoach.reports.reviewed import with_reviews
from callcoach.reports.scorecard import Reviewed, moved_spans
from callcoach.reports.sheet import Report
from callcoach.reports.single import OneCall, report_of_call
from callcoach.review.judged import JournalReviews
from callcoach.tui.past import Past


def call_report(place: Workplace, past: Past, why: str = "") -> Report:
    """Return the report about one call; `why` is the reason to keep personal data, if any."""
    call, script, messages = past.summary.id, past.script, place.messages
    whole = record_call(call, past.events, script, place.language)
    masked = redact_record(whole, script, messages)
    with JournalReviews(place.journal_path) as judged:
        states = judged.of(call)
        reviewed = [Reviewed(it, judged.form(it.opened.pins.form_digest)) for it in states]
        figures = with_reviews(figures_of(call, past.events, script), states, judged.form)
    one = OneCall(
        replace(whole, why_whole=why) if why else masked,
        figures,
        script,
        reviewed,
        today().isoformat(),
        moved_spans(whole.events, masked.events),
        is_damaged=bool(damage_of(place.journal_path, call)),
    )
    scripts = {past.summary.script: script} if script else {}
    forms = {str(it.form.id): it.form for it in reviewed if it.form}
    return report_of_call(one, Names(scripts, messages, forms))


def many_report(
    place: Workplace,
    about: About,
    wanted: Wanted,
    why: str = "",
    *,
    has_examples: bool = True,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Report:
    """Return the report about the calls that are wanted.

    `why` is the reason to keep personal data, if any; `tell` hears how many of how many calls are
    read. Raises `UsageError` for an agent or a script that no call has.
    """
    days = days_before(wanted.since, wanted.until or today().isoformat())
    before = Found()
    with CallReader(place, days[0] if days else wanted.since) as reader:
        reader.check(wanted)
        found = reader.read((wanted,), tell) or Found()
        names = Names(found.scripts, place.messages, found.forms)
        examples = reader.examples(found.calls, names, not why) if has_examples else ()
        if days is not None:
            earlier = replace(wanted, since=days[0], until=days[1])
            before = reader.read((earlier,), tell) or before
    about = replace(
        about,
        since=wanted.since,
        until=wanted.until,
        is_practice=wanted.is_practice,
        damaged=found.damaged,
        made=today().isoformat(),
        why_whole=why,
    )
    return report_of(about, found.calls, names, examples, before.calls)
