"""Turns the state of a call into pieces of text: how things look, not what they mean."""

from collections.abc import Collection, Iterator, Mapping

from callcoach.call.attention import can_be_advised, is_repairable, to_look_at
from callcoach.call.events import Span
from callcoach.call.explain import Explanation, explain, judged_title
from callcoach.call.session import Session
from callcoach.call.state import OpenFlag
from callcoach.call.wanting import wanted_facts
from callcoach.errors import listed
from callcoach.script.environment import speak
from callcoach.script.model import Cue, CueKind, LineId, Severity
from callcoach.tui.look import Look
from callcoach.tui.ways import far, lit
from callcoach.tui.widgets.paper import Mark, Piece
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width

SEVERITY_STYLES = {
    Severity.CRITICAL: "$error bold",
    Severity.MAJOR: "$warning bold",
    Severity.MINOR: "$foreground bold",
}
ROOMY = 10
"""With so many rows for the coach, flags are explained."""
_DUE_SOON = 10.0
"""A cue that is due within so many seconds stands out."""

_ASKED = "? "
"""Stands before a fact that is to be found out."""


def draw_lines(session: Session, look: Look, said: Collection[LineId]) -> Iterator[Piece]:
    """Yield the lines to say: the next one stands out, those said step back.

    While the customer is on hold there is nobody to say them to.
    """
    signs, is_next = look.signs, True
    if session.state.is_on_hold:
        text = look.messages.say("On hold: go on with F7.")
        yield Piece(text, "$warning bold", f"{signs.hold} ", "$warning bold", (), "screen.hold()")
        is_next = False
    for id, rendered in session.lines():
        text = display(rendered.text)
        marks = tuple(_gaps(text)) if rendered.missing else ()
        if id in said:
            yield Piece(text, "dim", f"{signs.met} ", "$success")
        elif is_next:
            is_next = False
            yield Piece(
                text, "$foreground bold", f"{signs.here} ", "$accent bold", marks, "screen.say()"
            )
        else:
            yield Piece(text, "$foreground", "  ", "", marks)


def _gaps(text: str) -> Iterator[Mark]:
    """Yield where a line names a fact that is not known yet."""
    for opening, closing in (("【", "】"), ("[", "]")):
        begin = text.find(opening)
        while begin >= 0:
            end = text.find(closing, begin)
            if end < 0:
                break
            yield Mark(begin, end + 1, "$warning")
            begin = text.find(opening, end)


def draw_care(session: Session, look: Look) -> Iterator[Piece]:
    """Yield the word of care for a step in which the customer may be vulnerable."""
    if session.coach.script.steps[session.state.position.step].is_vulnerable:
        text = look.messages.say("The customer may be vulnerable: slow down, offer help.")
        yield Piece(text, "$warning", f"{look.signs.warning} ", "$warning bold")


def draw_note(session: Session, look: Look) -> Iterator[Piece]:
    """Yield the note of the step, for the agent's eyes."""
    step = session.coach.script.steps[session.state.position.step]
    if step.note is not None:
        text = display(step.note.plain(look.language(session.coach.script)))
        yield Piece(text, "dim italic", "  ", "")


def draw_exits(session: Session, look: Look) -> Iterator[Piece]:
    """Yield the exits with their digits; a suggested one stands out, a closed one says why."""
    language, say = look.language(session.coach.script), look.messages.say
    heard = {way.exit.id for way in lit(session)}
    step = session.coach.script.steps[session.state.position.step]
    for number, way in enumerate(session.ways(), 1):
        label = display(way.exit.label.plain(language))
        digit = f"{min(number, 10) % 10:>2}"  # 0 stands for all from the tenth on
        if not way.is_open:
            places = [exit.id for exit in step.exits]
            names = ", ".join(str(places.index(id) + 1) for id in way.waits_for if id in places)
            facts = session.coach.script.facts
            lacks = wanted_facts(way.exit, session.state.facts)
            wanted = [display(facts[id].title.plain(language)) for id in lacks if id in facts]
            tail = say("needs: {facts}", facts=listed(wanted)) if wanted else say("closed")
            tail = say("after: {names}", names=names) if names else tail
            yield Piece(label, "dim", f"{digit}  ", "dim", tail=tail)
            continue
        is_heard = way.exit.id in heard
        sign = look.signs.heard if is_heard else look.signs.met if way.is_done else " "
        yield Piece(
            label,
            "$accent bold" if is_heard else "dim" if way.is_done else "$foreground",
            f"{digit}{sign} ",
            "$accent bold",
            action=f"screen.take({number})",
            tail=say("heard") if is_heard else "",
            tail_style="$accent",
        )


def draw_suggestion(session: Session, look: Look) -> Iterator[Piece]:
    """Yield the newest suggestion that is none of the exits: an objection, or a step further on."""
    target = far(session)
    if target is not None:
        step = session.coach.script.steps[target]
        say = look.messages.say
        kind = say("objection?") if step.is_objection else say("further on?")
        name = display(step.title.plain(look.language(session.coach.script)))
        head = f"^Y{look.signs.heard} "
        yield Piece(
            name, "$accent bold", head, "$accent bold", (), "screen.accept()", kind, "$accent"
        )


def draw_flags(
    session: Session, look: Look, at: float, room: int, by_model: Mapping[Span, float]
) -> Iterator[Piece]:
    """Yield the flags that are worth a look now, the first one with its reason and remedy.

    `room` is in rows: where there is little, the flags but the first are only counted.
    """
    script, signs = session.coach.script, look.signs
    language = look.language(script)
    found = to_look_at(session.state, script, at)
    most = 4 if room >= ROOMY else 1
    for place, flag in enumerate(found[:most]):
        told = explain(flag, script, language, look.messages)
        can_repair = is_repairable(flag, script)
        style = SEVERITY_STYLES[flag.severity] if can_repair else "dim"
        sign = signs.note if not can_repair else signs.warning
        sign = signs.alarm if can_repair and flag.severity is Severity.CRITICAL else sign
        times = f" ×{flag.count}" if flag.count > 1 else ""
        action = f"screen.flag({flag.id})"
        head = f"{sign} "
        title = judged_title(display(told.title), flag.span, by_model, look.messages)
        yield Piece(f"{title}{times}", style, head, style, action=action)
        if place == 0:
            is_advised = can_repair and can_be_advised(flag, session.state, script)
            remedy = told.remedy if is_advised else None
            if room >= ROOMY or remedy is None:
                yield Piece(display(reason_here(flag, told, session, look)), "dim", "  ")
            if remedy is not None:
                words = display(session.render_line(remedy).text)
                yield Piece(words, "$foreground", f"  {signs.here} ", "$accent bold")
    if len(found) > most:
        more = look.messages.count("{n} more flag", "{n} more flags", len(found) - most)
        yield Piece(more, "dim", "  ")


def reason_here(flag: OpenFlag, told: Explanation, session: Session, look: Look) -> str:
    """Return why a flag was raised; where its repair has no place, what to do instead.

    “First verify the identity” is the wrong advice once somebody else is on the phone.
    """
    if can_be_advised(flag, session.state, session.coach.script):
        return told.reason
    return look.messages.say("It cannot be put right here: keep to the lines of this step.")


def draw_owed(session: Session, look: Look, at: float, room: int) -> Iterator[Piece]:
    """Yield what is owed to the customer, the most pressing first, with the time that is left.

    Of what there is no room for, in rows, the number is told.
    """
    state, signs = session.state, look.signs
    language = look.language(session.coach.script)
    owed = session.owed()
    most = room if len(owed) <= room else max(room - 1, 0)
    for found in owed[:most]:
        title = display(found.cue.title.plain(language))
        tail, style = "", "$foreground" if found.is_here else "dim"
        if found.due is not None and not state.is_on_hold:
            left = found.due - state.active(at)
            tail = clock(left) if left > 0 else look.messages.say("late")
            style = "$warning" if left < _DUE_SOON else style
        yield Piece(title, style, f"{signs.unmet} ", style, tail=tail, tail_style=style)
    if len(owed) > most:
        yield Piece(look.messages.say("and {n} more", n=len(owed) - most), "$warning", "  ")
    step = session.coach.script.due.get(state.position.step, ())
    met = [cue for cue in map(session.coach.script.cues.__getitem__, step) if _is_met(session, cue)]
    for cue in met[: max(room - len(owed), 0)]:
        yield Piece(display(cue.title.plain(language)), "dim", f"{signs.met} ", "$success")


def _is_met(session: Session, cue: Cue) -> bool:
    return cue.kind is CueKind.SAY and session.coach.judge.is_met(session.state, cue)


def draw_facts(session: Session, look: Look) -> Iterator[Piece]:
    """Yield what is to be found out here, then what was found, the newest first, what was given."""
    state, script = session.state, session.coach.script
    language = look.language(script)
    step = script.steps[state.position.step]
    asked = list(step.asks)
    spoke = step.exit(state.spoke) if state.spoke else None
    asked += spoke.asks if spoke else ()
    for id in dict.fromkeys(asked):
        if id not in state.facts and id in script.facts:
            title = display(script.facts[id].title.plain(language))
            yield Piece(title, "$warning", _ASKED, "$warning bold", action=f"screen.fact('{id}')")
    by_name = sorted(script.given_facts, key=lambda fact: fact.private != "name")
    given = [fact.id for fact in by_name if fact.id in state.facts]
    found = [id for id in state.facts if id in script.facts and id not in given]
    known = [script.facts[id] for id in (*reversed(found), *given)]
    titles = [display(fact.title.plain(language)) for fact in known]
    column = max(map(width, titles), default=0) + 2
    for title, fact in zip(titles, known, strict=True):
        said = display(speak(fact, state.facts[fact.id], language))
        action = f"screen.fact('{fact.id}')"
        yield Piece(said, "$foreground", pad(title, column), "dim", action=action)


def draw_facts_in_brief(session: Session, look: Look, cells: int) -> Iterator[Piece]:
    """Yield what is to be found out here and what is known as one line; nothing for nothing."""
    facts = [f"{piece.head.rstrip()} {piece.body}" for piece in draw_facts(session, look)]
    if facts:
        head = f"  {look.messages.say('Facts')}  "
        told = clip(" · ".join(facts), cells - width(head))
        yield Piece(told, "dim", head, "dim", action="screen.facts()")
