"""What a call came to: cues, flags and measures, as lines and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from callcoach.archive.export.lengths import lasting
from callcoach.archive.export.thin import thin_quote
from callcoach.call.events import Event
from callcoach.call.explain import Explanation, explain, explain_doubt, judged_words
from callcoach.call.listened import listened
from callcoach.call.metrics import Metrics, VoiceMetrics, measure
from callcoach.call.named import named_in
from callcoach.call.names import clearing_name, closed_name
from callcoach.call.places import lines_of, start_of
from callcoach.call.session import Session
from callcoach.call.summary import (
    Evidence,
    FlagStory,
    Hearing,
    doubted,
    evidence,
    flag_stories,
    hearings,
    judged_by_model,
    relevant_cues,
)
from callcoach.locale import Messages
from callcoach.script.model import Cue, CueId, CueKind
from callcoach.script.wording import Language
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.normalise import normal_form
from callcoach.words.wrap import clip, pad

_TITLE, _COLUMNS = 30, 100


def summary_lines(
    session: Session, events: Sequence[Event], messages: Messages, *, has_agent: bool = True
) -> Iterator[str]:
    """Yield what a call came to: cues, flags, measures.

    Without `has_agent` it is not known whose words are the agent's: nothing is said of them.
    """
    say, script = messages.say, session.coach.script
    language = reading_language(session, messages)
    yield ""
    told_by = _first_hearings(session, events)
    if has_agent:
        yield say("Cues")
    for cue in relevant_cues(session):
        known = session.state.cue(cue.id)
        is_met = known.met_at is not None
        found = told_by.get(cue.id)
        when = clock(_begun(found, known.met_at)) if is_met else say("not said")
        title = pad(clip(display(cue.title.plain(language)), _TITLE), _TITLE)
        words = f"  {hearing_words(found, messages)}" if found and is_met else ""
        yield clip(f"  {'✓' if is_met else '✗'} {title} {when}{words}", _COLUMNS)
    noticed = [cue for cue in script.cues.values() if cue.kind is CueKind.WATCH]
    if any(cue.id in told_by for cue in noticed):
        yield say("Noticed")
    for cue in noticed:
        if cue.id in told_by:
            yield from _noticed(cue, told_by[cue.id], language, messages)
    stories, lines = flag_stories(events), lines_of(events)
    by_model = judged_by_model(events)
    yield say("Flags") if stories else say("No flags.")
    for story in stories:
        told = explain(story.raised, script, language, messages)
        times = f" ×{story.times}" if story.times > 1 else ""
        cleared = story.cleared
        state = clearing_name(cleared.by, messages) if cleared else say("not repaired")
        at = clock(start_of(story.raised.at, (story.raised.span,), lines))
        yield f"  ! {at} {display(told.title)}{times} [{state}]"
        yield f"      {display(told.reason)}"
        for one in evidence(session.transcript, story):
            said = judged_words(display(quoted(one, messages)), one.span, by_model, messages)
            yield f"      {clock(one.heard.start)} {said}"
        if remedy := remedy_words(session, told):
            yield "    " + say("  Say: {words}", words=display(remedy))
    yield from _doubted(session, events, messages)
    yield from metric_lines(measure(events), messages, has_agent=has_agent)
    yield from _listened(events, messages)


def _doubted(session: Session, events: Sequence[Event], messages: Messages) -> Iterator[str]:
    """Yield what may not be said and perhaps was."""
    script, language = session.coach.script, reading_language(session, messages)
    for found in doubted(events, session.transcript, script):
        told = explain_doubt(found.event, script, language, messages)
        yield f"  ~ {clock(_begun(found, found.event.at))} {display(told)}"
        if found.words is not None:
            yield f"      {clock(found.words.heard.start)} {display(quoted(found.words, messages))}"


def _listened(events: Sequence[Event], messages: Messages) -> Iterator[str]:
    """Yield how much of a call was heard by machine, and why not the rest."""
    say, found = messages.say, listened(events)
    if found is None:
        return
    yield f"  {pad(say('Heard by machine'), 24)} {found.share:.0%}"
    for reason, seconds in found.closed.items():
        if seconds < 1.0:
            continue  # between two events of one end
        why = closed_name(reason, messages)
        yield f"  {pad(say('Not listened to'), 24)} {clock(seconds)} ({why})"
    if found.missed:
        yield f"  {pad(say('Missed'), 24)} {lasting(found.missed, messages)}"


def _first_hearings(session: Session, events: Sequence[Event]) -> Mapping[CueId, Hearing]:
    """Return the first time that each cue was said so that it counts."""
    found: dict[CueId, Hearing] = {}
    for hearing in hearings(events, session.transcript):
        found.setdefault(hearing.event.cue, hearing)
    return found


def _begun(found: Hearing | None, at: float | None) -> float:
    """Return where the line begins in which a cue was heard, else when it came to hold."""
    if found is not None and found.words is not None and found.event.at == at:
        return found.words.heard.start
    return at or 0.0


def _noticed(cue: Cue, found: Hearing, language: Language, messages: Messages) -> Iterator[str]:
    """Yield what a call shows of itself: by which words, and what was named in them."""
    title = pad(clip(display(cue.title.plain(language)), _TITLE), _TITLE)
    when = clock(_begun(found, found.event.at))
    yield clip(f"  · {title} {when}  {hearing_words(found, messages)}", _COLUMNS)
    if named := named_in(found.event):
        yield "      " + messages.say("Named: {values}", values=display(named))
    for other in found.also:
        said = f"{clock(other.heard.start)} “{display(other.words)}”"
        yield clip("      " + messages.say("Rests on {words}", words=said), _COLUMNS)


def hearing_words(found: Hearing, messages: Messages) -> str:
    """Return by which words a cue holds, and, where they do not speak for themselves, why."""
    words = found.words
    telling = thin_quote(words.heard, found.event.span) or display(words.words) if words else ""
    said = f"“{telling}”" if words is not None else ""
    sure = f"{found.event.confidence:.0%}"
    if found.event.by == "model":
        return messages.say("{words} by the learned judge, {sure} sure", words=said, sure=sure)
    if found.event.taken_for:
        meant = display(found.event.taken_for)
        return messages.say(
            "{words} taken for “{meant}”, {sure} sure", words=said, meant=meant, sure=sure
        )
    if found.event.is_doubtful:
        return messages.say("{words} in doubt, {sure} sure", words=said, sure=sure)
    return said


def reading_language(session: Session, messages: Messages) -> Language:
    """Return the language to name a call's parts in: the reader's, where the script has it."""
    known = session.coach.script.languages
    return messages.language if messages.language in known else session.state.language


def quoted(found: Evidence, messages: Messages) -> str:
    """Return the words that count, and the sentence that they stand in."""
    words = found.words.strip()
    if words == found.excerpt:
        return f"“{words}”"
    return messages.say("“{words}” in “{sentence}”", words=words, sentence=found.excerpt)


def remedy_words(session: Session, told: Explanation) -> str:
    """Return the words that repair a flag, or would have; empty where nothing does."""
    return session.render_line(told.remedy).text if told.remedy is not None else ""


def metric_lines(metrics: Metrics, messages: Messages, *, has_agent: bool = True) -> Iterator[str]:
    """Yield the measures of a call; without `has_agent` those of the agent are left out."""
    say = messages.say
    yield say("Measures")
    yield f"  {pad(say('Duration'), 24)} {clock(metrics.duration)}"
    if metrics.is_timed:
        ratio = metrics.talk_ratio
        shown = "–" if ratio is None else f"{ratio:.0%}"
        if has_agent:
            yield f"  {pad(say('Talk ratio (agent)'), 24)} {shown}"
        longest = say("longest {time}", time=lasting(metrics.longest_non_talk, messages))
        yield f"  {pad(say('Non-talk time'), 24)} {lasting(metrics.non_talk, messages)} ({longest})"
    if not has_agent:
        return
    if metrics.is_timed:
        yield f"  {pad(say('Overtalk'), 24)} {lasting(metrics.overtalk, messages)}"
        yield f"  {pad(say('Interruptions (agent)'), 24)} {metrics.agent.interruptions}"
        yield f"  {pad(say('Speech rate (agent)'), 24)} {_rate(metrics.agent, messages)}"
    yield f"  {pad(say('Questions (agent)'), 24)} {metrics.agent.questions}"
    yield f"  {pad(say('Turns'), 24)} {metrics.turns}"


def _rate(voice: VoiceMetrics, messages: Messages) -> str:
    parts: list[str] = []
    if voice.characters_per_minute:
        rate = f"{voice.characters_per_minute:.0f}"
        parts.append(messages.say("{rate} characters a minute", rate=rate))
    if voice.words_per_minute:
        rate = f"{voice.words_per_minute:.0f}"
        parts.append(messages.say("{rate} words a minute", rate=rate))
    return ", ".join(parts) or "–"


def summary_json(
    session: Session, events: Sequence[Event], messages: Messages, *, has_agent: bool = True
) -> dict[str, object]:
    """Return what a call came to, for machines; keys are stable.

    Without `has_agent` it is not known whose words are the agent's.
    """
    script, state = session.coach.script, session.state
    language = reading_language(session, messages)
    return {
        "script": script.id,
        "digest": script.digest,
        "language": state.language,
        "outcome": state.ended.outcome if state.ended else None,
        "step": state.position.step,
        "is_agent_known": has_agent,
        "cues": [
            {
                "cue": cue.id,
                "title": cue.title.plain(language),
                "met": state.cue(cue.id).met_at is not None,
                "at": state.cue(cue.id).met_at,
            }
            for cue in relevant_cues(session)
        ],
        "heard": [_hearing_json(found) for found in hearings(events, session.transcript)],
        "flags": [_flag_json(session, story, messages) for story in flag_stories(events)],
        "perhaps": [_hearing_json(found) for found in doubted(events, session.transcript, script)],
        "metrics": metrics_json(measure(events)) | ({} if has_agent else {"talk_ratio": None}),
        "listened": _listened_json(events),
    }


def _listened_json(events: Sequence[Event]) -> object:
    found = listened(events)
    return None if found is None else asdict(found) | {"share": found.share}


def _hearing_json(found: Hearing) -> dict[str, object]:
    event = found.event
    return {
        "cue": event.cue,
        "at": event.at,
        "words": found.words.words if found.words else None,
        "normalised": normal_form(found.words.words) if found.words else None,
        "phrase": event.phrase or None,
        "by": event.by,
        "taken_for": event.taken_for or None,
        "confidence": event.confidence,
        "in_doubt": event.is_doubtful,
        "rests_on": [other.words for other in found.also],
        "amount": event.amount or None,
        "day": event.day or None,
        "parts": [{"amount": it.amount, "day": it.day} for it in event.parts],
    }


def metrics_json(metrics: Metrics) -> dict[str, object]:
    """Return the measures of a call, for machines."""
    voices = {
        name: {
            **asdict(voice),
            "words_per_minute": voice.words_per_minute,
            "characters_per_minute": voice.characters_per_minute,
        }
        for name, voice in (("agent", metrics.agent), ("customer", metrics.customer))
    }
    return asdict(metrics) | voices


def _flag_json(session: Session, story: FlagStory, messages: Messages) -> object:
    raised, cleared = story.raised, story.cleared
    language = reading_language(session, messages)
    told = explain(raised, session.coach.script, language, messages)
    found = [
        {
            "speaker": one.heard.speaker.value,
            "text": one.heard.text,
            "start": one.heard.start,
            "words": one.words,
        }
        for one in evidence(session.transcript, story)
    ]
    return {
        "flag": raised.what.value,
        "cue": raised.cue,
        "severity": raised.severity.value,
        "at": raised.at,
        "times": story.times,
        "reason": told.reason,
        "evidence": found,
        "remedy": remedy_words(session, told) or None,
        "cleared": cleared.by if cleared else None,
        "cleared_at": cleared.at if cleared else None,
    }
