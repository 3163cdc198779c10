"""What is masked in an export, and that spans follow their words."""

from dataclasses import replace

import msgspec
import pytest

from callcoach.archive.export.data import read_record
from callcoach.archive.export.formats import Format, export
from callcoach.archive.export.record import CallRecord, record_call
from callcoach.archive.export.redacted import known_of, redact_record
from callcoach.call.events import CueHeard, Event, FactTold, FlagRaised, Heard, Span, Unknown
from callcoach.call.inputs import Input, TellFact, WriteNote
from callcoach.locale import Messages
from callcoach.script.facts import FactId
from callcoach.script.model import Script
from tests.archive.exports import AGENT, CALL, CUSTOMER, ENGLISH, PACK, call_of, example, hear
from tests.sessions import coach, start
from tests.support import script_of

SECRETS = ("Rosa Field", "4111", "13800138000", "Oak Street", "rosa@example.com", "Okonkwo")
SAID: tuple[tuple[float, Input], ...] = (
    (2.0, hear(AGENT, "Is this Rosa Field?", 1.0, 2.0)),
    (4.0, hear(CUSTOMER, "Yes. I lost my job, I live at 12 Oak Street.", 3.0, 4.0)),
    (6.0, hear(AGENT, "Your card number please, or else!", 5.0, 6.0)),
    (8.0, hear(CUSTOMER, "4111 1111 1111 1111, and my mobile is 13800138000", 7.0, 8.0)),
    (9.0, hear(CUSTOMER, "write to rosa@example.com", 8.0, 9.0)),
    (10.0, WriteNote("Her brother is Mr Okonkwo.")),
    (12.0, hear(AGENT, "Rosa Field owes 300 dollars. I am sorry, my name is Lin.", 11.0, 12.0)),
)
PRIVATE = PACK.replace(
    "  agreed:",
    "  holder: {type: text, title: {en: Holder, zh: 户主}, private: name}\n"
    "  owed: {type: money, title: {en: Owed, zh: 欠款}, private: amount}\n"
    "  trouble: {type: text, title: {en: Trouble, zh: 难处}, private: circumstances}\n"
    "  agreed:",
)


@pytest.mark.parametrize("format", [it for it in Format if it is not Format.PARQUET])
def test_no_export_of_a_redacted_call_holds_personal_data(format: Format) -> None:
    record = redact_record(call_of(*SAID), example(), ENGLISH)
    told = export(record, format, ENGLISH, example())
    assert not [secret for secret in SECRETS if secret in told]
    assert "300 dollars" in told


def test_the_report_says_that_it_is_masked_or_why_it_is_not() -> None:
    record = call_of(*SAID)
    masked = export(redact_record(record, example(), ENGLISH), "txt", ENGLISH, example())
    assert "Personal data: masked" in masked
    whole = export(replace(record, why_whole="a complaint"), "txt", ENGLISH, example())
    assert "Personal data: a complaint" in whole
    assert "Rosa Field" in whole
    assert "Personal data" not in export(record, "txt", ENGLISH, example())


def test_the_same_person_has_the_same_mask_all_through_the_call() -> None:
    record = redact_record(call_of(*SAID), example(), ENGLISH)
    heard = [event.text for event in record.events if isinstance(event, Heard)]
    assert heard[0] == "Is this [NAME-1]?"
    assert heard[-1].startswith("[NAME-1] owes 300 dollars.")


def test_masks_are_in_the_language_of_the_reader() -> None:
    record = redact_record(call_of(*SAID), example(), Messages("zh"))
    heard = [event.text for event in record.events if isinstance(event, Heard)]
    mask = Messages("zh").say("[NAME]").removesuffix("]")
    assert f"{mask}-1]" in heard[0]


def test_the_words_of_cues_and_flags_stay_theirs() -> None:
    record = call_of(*SAID)
    masked = redact_record(record, example(), ENGLISH)
    pairs = list(zip(record.events, masked.events, strict=True))
    for old, new in pairs:
        if isinstance(old, CueHeard | FlagRaised) and isinstance(new, CueHeard | FlagRaised):
            assert (old.span is None) == (new.span is None)
            if old.span is not None and new.span is not None:
                assert _words(record.events, old.span) == _words(masked.events, new.span)
    assert any(isinstance(old, FlagRaised) and old.span for old, _ in pairs)


def _words(events: tuple[Event, ...], span: Span) -> str:
    heard = next(event for event in events if event.seq == span.heard)
    assert isinstance(heard, Heard)
    return heard.text[span.start : span.end]


def test_private_facts_are_masked_and_found_where_they_are_said() -> None:
    script = script_of(PRIVATE)
    record = _call_with(
        script,
        (1.0, TellFact(FactId("example.holder"), "Blossom Peach")),
        (2.0, TellFact(FactId("example.owed"), "1280.40 USD")),
        (3.0, TellFact(FactId("example.trouble"), "chronic illness")),
        (5.0, hear(AGENT, "Blossom Peach, you owe $1,280.40 or $50.", 4.0, 5.0)),
        (6.0, hear(CUSTOMER, "Because of my chronic illness.", 5.0, 6.0)),
    )
    masked = redact_record(record, script, ENGLISH)
    told = [event.value for event in masked.events if isinstance(event, FactTold)]
    heard = [event.text for event in masked.events if isinstance(event, Heard)]
    assert told == ["[NAME-1]", "[AMOUNT-1]", "[PRIVATE-1]"]
    assert heard[0].startswith("[NAME-1], you owe [AMOUNT-")
    assert "$50" in heard[0]
    assert "illness" not in heard[1]


def _call_with(script: Script, *inputs: tuple[float, Input]) -> CallRecord:
    session, opening = start(coach(script))
    events: list[Event] = list(opening)
    for at, given in inputs:
        events += session.feed(given, at)
    return record_call(CALL, events, script, "en")


def test_an_event_that_nobody_knows_loses_what_it_holds() -> None:
    record = call_of(*SAID)
    last = record.events[-1]
    body = msgspec.Raw(b'{"kind":"novel","seq":99,"at":99.0,"who":"Rosa Field"}')
    novel = Unknown(seq=last.seq + 1, at=last.at, original="novel", body=body)
    masked = redact_record(replace(record, events=(*record.events, novel)), example(), ENGLISH)
    unknown = masked.events[-1]
    assert isinstance(unknown, Unknown)
    assert b"Rosa" not in bytes(unknown.body)


def test_a_redacted_call_comes_back_from_json_and_says_so() -> None:
    masked = redact_record(call_of(*SAID), example(), ENGLISH)
    assert read_record(export(masked, "json", ENGLISH)) == masked
    assert masked.is_redacted


def test_a_call_without_personal_data_stays_as_it_was() -> None:
    record = call_of((1.0, hear(AGENT, "Good morning, or else!", 0.5, 1.0)))
    assert redact_record(record, example(), ENGLISH).events == record.events


_NOTICED = "{speaker: customer, title: {en: Data, zh: 资料}, "
_SAID = "heard: {en: ['# may'], zh: ['五月#']}}"


@pytest.mark.parametrize(
    ("cue", "rules"),
    [
        (f"identity_given: {_NOTICED}{_SAID}", ""),
        (f"born: {_NOTICED}rule: born}}", f"rules:\n  born: {{labels: identity_given, {_SAID}\n"),
    ],
)
def test_what_is_noticed_as_identity_data_is_masked_whatever_was_asked(
    cue: str, rules: str
) -> None:
    script = script_of(PACK.replace("watch:\n", f"watch:\n  {cue}\n") + rules)
    record = _call_with(
        script,
        (1.0, hear(AGENT, "It is only a check, we ask all the people we call.", 0.0, 1.0)),
        (3.0, hear(CUSTOMER, "1 May 1980, and 4321", 2.0, 3.0)),
    )
    masked = redact_record(record, script, ENGLISH)
    heard = [event for event in masked.events if isinstance(event, Heard)]
    assert heard[1].text == "[BIRTH DATE-1], and [ID-1]"
    noticed = [event.span for event in masked.events if isinstance(event, CueHeard)]
    assert [heard[1].text[span.start : span.end] for span in noticed] == ["[BIRTH DATE-1]"]


def test_without_a_script_no_fact_is_known_to_be_private() -> None:
    record = call_of(*SAID)
    assert known_of(record.events, None) == known_of((), None)
