"""What a call came to, drawn: its end, its cues, its flags with what repairs them, its measures."""

from collections.abc import Iterator, Sequence

from callcoach.archive.export.lengths import lasting
from callcoach.call.attention import can_be_advised
from callcoach.call.events import CallEnded, Event, NoteWritten
from callcoach.call.explain import explain, judged_words
from callcoach.call.metrics import Metrics, measure
from callcoach.call.names import clearing_name, outcome_name
from callcoach.call.places import lines_of, start_of
from callcoach.call.session import Session
from callcoach.call.summary import evidence, flag_stories, hearings, judged_by_model, relevant_cues
from callcoach.script.environment import speak
from callcoach.tui.draw import SEVERITY_STYLES
from callcoach.tui.look import Look
from callcoach.tui.widgets.paper import Piece
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import pad, width


def draw_verdict(session: Session, events: Sequence[Event], look: Look) -> Iterator[Piece]:
    """Yield what a call came to."""
    yield from _draw_end(session, events, look)
    yield from _draw_flags(session, events, look)
    yield from _draw_cues(session, events, look)
    yield from _draw_facts(session, look)
    for event in events:
        if isinstance(event, NoteWritten):
            head = f"{clock(event.at)} {look.signs.pen} "
            yield Piece(display(event.text), "$accent italic", head, "$accent")
    yield from _draw_metrics(measure(events), look)


def _draw_end(session: Session, events: Sequence[Event], look: Look) -> Iterator[Piece]:
    script = session.coach.script
    language = look.language(script)
    ended = next((event for event in reversed(events) if isinstance(event, CallEnded)), None)
    outcome = script.outcomes.get(ended.outcome) if ended and ended.outcome else None
    known = display(outcome.title.plain(language)) if outcome else ""
    title = outcome_name(ended.outcome if ended else None, known, look.messages)
    code = f" ({outcome.code})" if outcome else ""
    yield Piece(f"{title}{code}", "$foreground bold", "", tail=clock(session.state.at))
    yield Piece(display(script.title.plain(language)), "dim")
    yield Piece("")


def _draw_flags(session: Session, events: Sequence[Event], look: Look) -> Iterator[Piece]:
    say, script, signs = look.messages.say, session.coach.script, look.signs
    language = look.language(script)
    stories = flag_stories(events)
    if not stories:
        yield _draw_no_flags(session, look)
        yield Piece("")
        return
    yield Piece(say("Flags"), "$accent bold")
    lines, by_model = lines_of(events), judged_by_model(events)
    for story in stories:
        raised, cleared = story.raised, story.cleared
        told = explain(raised, script, language, look.messages)
        style = "dim" if cleared else SEVERITY_STYLES[raised.severity]
        state = clearing_name(cleared.by, look.messages) if cleared else ""
        times = f" ×{story.times}" if story.times > 1 else ""
        sign = signs.met if cleared else signs.warning
        head = f"{sign} {clock(start_of(raised.at, (raised.span,), lines)):>5} "
        yield Piece(f"{display(told.title)}{times}", style, head, style, tail=state)
        yield Piece(display(told.reason), "dim", "        ")
        for found in evidence(session.transcript, story):
            said = judged_words(f"“{display(found.excerpt)}”", found.span, by_model, look.messages)
            yield Piece(said, "dim italic", "        ")
        is_advised = not cleared and can_be_advised(raised, session.state, script)
        if told.remedy is not None and is_advised:
            words = display(session.render_line(told.remedy).text)
            yield Piece(words, "$foreground", f"      {signs.here} ", "$accent bold")
    yield Piece("")


def _draw_no_flags(session: Session, look: Look) -> Piece:
    """Return praise only where everything was said: a cue that was not due yet has no flag."""
    signs = look.signs
    unmet = sum(session.state.cue(cue.id).met_at is None for cue in relevant_cues(session))
    if unmet:
        told = look.messages.count(
            "No flags, but {n} cue is open.", "No flags, but {n} cues are open.", unmet
        )
        return Piece(told, "$foreground", f"{signs.unmet} ", "$warning")
    return Piece(look.messages.say("No flags: nothing was missed."), "$success", f"{signs.met} ")


def _draw_cues(session: Session, events: Sequence[Event], look: Look) -> Iterator[Piece]:
    signs, language = look.signs, look.language(session.coach.script)
    lines = lines_of(events)
    said = {(it.event.cue, it.event.at): it.event.span for it in hearings(events, lines.values())}
    yield Piece(look.messages.say("Cues"), "$accent bold")
    for cue in relevant_cues(session):
        known = session.state.cue(cue.id)
        title = display(cue.title.plain(language))
        if known.met_at is None:
            yield Piece(title, "$foreground", f"{signs.unmet} ", "$warning")
        else:
            span = said.get((cue.id, known.met_at))
            when = clock(start_of(known.met_at, (span,), lines))
            yield Piece(title, "$foreground", f"{signs.met} ", "$success", tail=when)
    yield Piece("")


def _draw_facts(session: Session, look: Look) -> Iterator[Piece]:
    script = session.coach.script
    language = look.language(script)
    facts = session.state.facts.items()
    known = [(script.facts[id], value) for id, value in facts if id in script.facts]
    if known:
        yield Piece(look.messages.say("Facts"), "$accent bold")
    titles = [display(fact.title.plain(language)) for fact, _ in known]
    column = max(map(width, titles), default=0) + 2
    for title, (fact, value) in zip(titles, known, strict=True):
        said = display(speak(fact, value, language))
        yield Piece(said, "$foreground", f"  {pad(title, column)}", "dim")
    if known:
        yield Piece("")


def _draw_metrics(metrics: Metrics, look: Look) -> Iterator[Piece]:
    say = look.messages.say
    yield Piece(say("Measures"), "$accent bold")
    rows = [(say("Duration"), clock(metrics.duration)), (say("Turns"), str(metrics.turns))]
    rows.append((say("Questions (agent)"), str(metrics.agent.questions)))
    if metrics.is_timed:
        ratio = "–" if metrics.talk_ratio is None else f"{metrics.talk_ratio:.0%}"
        rows += [
            (say("Talk ratio (agent)"), ratio),
            (say("Non-talk time"), lasting(metrics.non_talk, look.messages)),
            (say("Overtalk"), lasting(metrics.overtalk, look.messages)),
            (say("Interruptions (agent)"), str(metrics.agent.interruptions)),
        ]
    for title, value in rows:
        yield Piece(title, "dim", "  ", tail=value)
