"""A call as printed lines and typed commands: the same session, for screen readers and tests."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from callcoach.call.events import Event, FactTold
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Hold,
    Input,
    JumpTo,
    OpenObjection,
    SayLine,
    Snooze,
    SwitchLanguage,
    TakeExit,
    TellFact,
    TickCue,
    Undo,
    Unhold,
    UntickCue,
    WriteNote,
)
from callcoach.call.live import LiveCall
from callcoach.cli.fact_names import fact_named, no_such_fact
from callcoach.cli.lines.narrate import Narrator
from callcoach.errors import CallcoachError, UsageError, suggest
from callcoach.locale import Messages, mark
from callcoach.practice.finishing import left_to_say
from callcoach.practice.partner import PlanPartner
from callcoach.script.model import CueId, OutcomeId, Speaker, StepId, local
from callcoach.words.display import display
from callcoach.words.pace import speaking_seconds
from callcoach.words.wrap import pad

HELP: Sequence[tuple[str, str]] = (
    (mark("3"), mark("take exit number 3")),
    (mark("say, say 2"), mark("say all the lines, or line 2")),
    (mark("a: words"), mark("you said something else")),
    (mark("c: words"), mark("the customer said something")),
    (mark("o, o 3"), mark("list the objections, or open number 3")),
    (mark("fact name value"), mark("note a fact")),
    (mark("owed, flags, facts, where"), mark("what is owed, flagged, known; where you are")),
    (mark("tick 2, untick cue"), mark("tick a cue by hand, or take the tick back")),
    (mark("snooze, snooze 2"), mark("let the flags, or one of them, be quiet for a minute")),
    (mark("note words"), mark("write a note")),
    (mark("hold, back"), mark("put the customer on hold, and come back")),
    (mark("listen"), mark("open the ear by hand, or close it")),
    (mark("undo"), mark("take the last choice back")),
    (mark("go step"), mark("go to another step")),
    (mark("lang en"), mark("go on in another language")),
    (mark("end, end outcome"), mark("end the call")),
    (mark("help, quit"), mark("this help; leave, the call can be resumed")),
)
"""The commands as they are typed, which the catalogue has in Chinese words, and what they do."""
_NAMES: Mapping[str, str] = {
    "说": "say",
    "坐席": "a",
    "agent": "a",
    "客户": "c",
    "customer": "c",
    "他人": "x",
    "第三人": "x",
    "other": "x",
    "异议": "o",
    "objection": "o",
    "objections": "o",
    "记": "fact",
    "事实": "fact",
    "欠": "owed",
    "要点": "owed",
    "提示": "flags",
    "提醒": "flags",
    "信息": "facts",
    "位置": "where",
    "勾": "tick",
    "取消勾": "untick",
    "静音": "snooze",
    "备注": "note",
    "保持": "hold",
    "恢复": "back",
    "听": "listen",
    "撤销": "undo",
    "跳": "go",
    "语言": "lang",
    "结束": "end",
    "帮助": "help",
    "?": "help",
    "？": "help",
    "退出": "quit",
    "q": "quit",
}
_VOICES = {"a": Speaker.AGENT, "c": Speaker.CUSTOMER, "x": Speaker.OTHER}


class LineCall:
    """Runs a call by lines read and lines written."""

    def __init__(
        self,
        live: LiveCall,
        messages: Messages,
        out: Callable[[str], None],
        partner: PlanPartner | None = None,
    ) -> None:
        self.live = live
        self.messages = messages
        self.out = out
        self.partner = partner
        self.narrator = Narrator(live.session, messages)
        self._is_unsaved = False

    def run(self, lines: Iterator[str]) -> None:
        """Read commands until the call ends, `quit` or the end of the input."""
        self.begin()
        for line in lines:
            if line.strip() and self.obey(line.strip()):
                return
            if self.live.session.state.ended:
                return

    def begin(self) -> None:
        """Print how the call has begun."""
        self._narrate(self.live.events)
        if self.partner is not None and (opening := self.partner.opening()) is not None:
            self._feed(opening)
        self.where()

    def where(self) -> None:
        """Print where the call is."""
        self._print(self.narrator.where())

    def obey(self, line: str) -> bool:
        """Do what a line says; return whether to leave."""
        try:
            self._tell(self.live.tick())
            return self._do(line)
        except CallcoachError as error:
            say = self.messages.say
            self.out(f"! {display(say(error.message))}")
            if error.hint:
                self.out(f"  {display(say(error.hint))}")
            return False

    def _do(self, line: str) -> bool:
        for colon in (":", "："):
            name, sign, words = line.partition(colon)
            voice = _VOICES.get(_NAMES.get(name.strip().lower(), name.strip().lower()))
            if sign and voice is not None:
                self._feed(self._said(voice, words.strip()))
                return False
        name, _, rest = line.replace("\u3000", " ", 1).partition(" ")
        name, rest = _NAMES.get(name.lower(), name.lower()), rest.strip()
        if name == "quit":
            return True
        if name.isdecimal():
            self._take(int(name))
        elif name == "listen":
            self.listen()
        elif name in _TELL:
            self._print(_TELL[name](self))
        elif name in _DO:
            given = list(_DO[name](self, rest))
            for place, one in enumerate(given, 1):
                self._feed(one, is_last=place == len(given))
        else:
            raise UsageError("“{name}” is no command", "help lists the commands", name=name)
        return False

    def _said(self, voice: Speaker, words: str) -> Hear:
        """Return words that are over now; of lines pasted at once none begins before the last."""
        now, transcript = self.live.clock.now(), self.live.session.transcript
        before = transcript[-1].end if transcript else 0.0
        return Hear(voice, words, min(max(now - speaking_seconds(words), before), now), now)

    def _feed(self, given: Input, *, is_last: bool = True) -> None:
        """Feed an input and print what came of it; unless it is the last, nobody answers yet."""
        before = self.live.session.state.position
        events = self.live.feed(given)
        self._tell(events)
        if is_last and self.partner is not None:
            self._let_answer(events)
        if self.live.session.state.position != before or isinstance(given, Undo):
            self.where()

    def _let_answer(self, events: Sequence[Event]) -> None:
        """Let the customer answer, or wait for what the agent still has to say."""
        if left := left_to_say(self.live.session, events):
            told = self.messages.count(
                "(The customer waits for {n} more line.)",
                "(The customer waits for {n} more lines.)",
                len(left),
            )
            self.out(told)
        else:
            self._tell(self._answered(events))

    def _answered(self, events: Sequence[Event]) -> Sequence[Event]:
        """Return what came of the customer's answer to what happened; nothing without one."""
        answer = self.partner.answer(self.live.session, events) if self.partner else None
        if answer is None:
            return ()
        now = self.live.clock.now()
        end = now + speaking_seconds(answer.text)
        return self.live.feed(Hear(answer.speaker, answer.text, now, end))

    def _narrate(self, events: Sequence[Event]) -> None:
        """Print what happened, and what is odd about the facts that were told."""
        for event in events:
            self._print(self.narrator.tell(event))
            if isinstance(event, FactTold):
                for doubt in self.live.session.doubts(event.fact):
                    self.out(f"? {display(self.messages.say(doubt))}")

    def _tell(self, events: Sequence[Event]) -> None:
        self._narrate(events)
        saving = self.live.saving
        if not saving.is_durable:
            told = self.messages.count(
                "NOT SAVED: {n} event waits.", "NOT SAVED: {n} events wait.", saving.waiting
            )
            say = self.messages.say
            why = say("{message}. {hint}", message=say(saving.problem), hint=say(saving.hint))
            self.out(f"!! {told} {why}")
            if saving.rescue:
                self.out(
                    self.messages.say("   Kept meanwhile in {path}", path=display(saving.rescue))
                )
        elif self._is_unsaved:
            self.out(self.messages.say("Everything is saved again."))
        self._is_unsaved = not saving.is_durable

    def _print(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.out(line)

    def _take(self, number: int) -> None:
        ways = self.live.session.ways()
        if not 1 <= number <= len(ways):
            raise UsageError(
                "there is no exit {number} here", "“where” lists the exits", number=number
            )
        self._feed(TakeExit(ways[number - 1].exit.id))

    def listen(self) -> None:
        """Open the ear by hand, or close it."""
        raise UsageError("nothing is listened to", "start again with --audio mic and --resume last")

    def say_lines(self, rest: str) -> Iterator[Input]:
        """Yield the lines to say: all, or the one with the number."""
        offered = self.live.session.lines()
        numbers = [int(rest)] if rest.isdecimal() else range(1, len(offered) + 1)
        for number in numbers:
            if 1 <= number <= len(offered):
                line, rendered = offered[number - 1]
                yield SayLine(line, speaking_seconds(rendered.text))

    def objections(self, rest: str) -> Iterator[Input]:
        """Yield the objection to open; without one, list them."""
        script = self.live.session.coach.script
        language = self.live.session.state.language
        if not rest:
            for number, step in enumerate(script.objections, 1):
                self.out(f"  o {number} {display(step.title.plain(language))}")
            return
        if rest.isdecimal() and 1 <= int(rest) <= len(script.objections):
            yield OpenObjection(script.objections[int(rest) - 1].id)
        else:
            yield OpenObjection(
                StepId(self._named(rest, script.steps, mark("there is no objection “{id}”")))
            )

    def fact(self, rest: str) -> Iterator[Input]:
        """Yield a fact with its value, from `name value`, `name=value` or `name = value`."""
        script = self.live.session.coach.script
        for sign in ("=", " "):
            name, _, value = rest.replace("＝", "=").partition(sign)
            fact = fact_named(script, name.strip())
            if fact is not None:
                yield TellFact(fact, value.strip())
                return
        raise no_such_fact(script, name)

    def facts(self) -> Iterator[str]:
        """Yield what is known."""
        for id in self.live.session.state.facts:
            yield f"  {self.narrator.fact_line(id)}"

    def help(self) -> Iterator[str]:
        """Yield the commands."""
        say = self.messages.say
        for command, text in HELP:
            yield f"  {pad(say(command), 28)}{say(text)}"

    def snooze(self, rest: str) -> Iterator[Input]:
        """Yield what makes the flags quiet: all that are open, or the one with the number."""
        open_flags = self.live.session.state.flags.values()
        for number, flag in enumerate(open_flags, 1):
            if not rest or rest == str(number):
                yield Snooze(flag.id)

    def cue(self, rest: str) -> CueId:
        """Return the cue that is named, or that `owed` lists with that number."""
        script, owed = self.live.session.coach.script, self.live.session.owed()
        if rest.isdecimal() and 1 <= int(rest) <= len(owed):
            return owed[int(rest) - 1].cue.id
        return CueId(self._named(rest, script.cues, mark("there is no cue “{id}”")))

    def step(self, rest: str) -> StepId:
        """Return the step that is named."""
        script = self.live.session.coach.script
        return StepId(self._named(rest, script.steps, mark("there is no step “{id}”")))

    def outcome(self, rest: str) -> OutcomeId | None:
        """Return the outcome that is named, by id or by code."""
        outcomes = self.live.session.coach.script.outcomes
        by_code = {outcome.code.lower(): id for id, outcome in outcomes.items()}
        if not rest:
            return None
        return by_code.get(rest.lower()) or OutcomeId(
            self._named(rest, outcomes, mark("there is no outcome “{id}”"))
        )

    def _named(self, word: str, known: Iterable[str], missing: str) -> str:
        """Return the id that a word means: whole, or its local part.

        Raises `UsageError` with the text `missing` and the nearest that there is.
        """
        ids = tuple(known)
        found = word if word in ids else next((id for id in ids if local(id) == word), None)
        if found is None:
            raise UsageError(missing, suggest(word, map(local, ids)), id=word)
        return found


_TELL: Mapping[str, Callable[[LineCall], Iterator[str]]] = {
    "where": lambda call: call.narrator.where(),
    "owed": lambda call: call.narrator.owed(),
    "flags": lambda call: call.narrator.open_flags(),
    "facts": LineCall.facts,
    "help": LineCall.help,
}
_DO: Mapping[str, Callable[[LineCall, str], Iterator[Input]]] = {
    "say": LineCall.say_lines,
    "o": LineCall.objections,
    "fact": LineCall.fact,
    "tick": lambda call, rest: iter((TickCue(call.cue(rest)),)),
    "untick": lambda call, rest: iter((UntickCue(call.cue(rest)),)),
    "snooze": LineCall.snooze,
    "note": lambda _, rest: iter((WriteNote(rest),)),
    "hold": lambda _, __: iter((Hold(),)),
    "back": lambda _, __: iter((Unhold(),)),
    "undo": lambda _, __: iter((Undo(),)),
    "go": lambda call, rest: iter((JumpTo(call.step(rest)),)),
    "lang": lambda _, rest: iter((SwitchLanguage(rest),)),
    "end": lambda call, rest: iter((EndCall(call.outcome(rest)),)),
}


def read_lines(source: TextIO, prompt: Callable[[], None]) -> Iterator[str]:
    """Yield the lines of a source, each after a prompt, until it ends."""
    while True:
        prompt()
        line = source.readline()
        if not line:
            return
        yield line
