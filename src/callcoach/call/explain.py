"""Explains a flag: one sentence that says why it was raised, and the line that puts it right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from callcoach.call.events import CueHeard, FlagRaised, Span
from callcoach.call.state import OpenFlag
from callcoach.script.model import (
    Anchors,
    Cue,
    CueId,
    CueKind,
    Deadline,
    FlagKind,
    LineId,
    Script,
    StepId,
)
from callcoach.script.wording import Language


class Phrasebook(Protocol):
    """The interface's words in one language, as `locale.Messages` has them."""

    def say(self, text: str, **values: object) -> str:
        """Return a text in the language, its placeholders filled in."""
        ...

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the text for `n` things; `{n}` stands for the number."""
        ...


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say about a flag."""

    title: str
    """What its cue is called."""
    reason: str
    """One sentence: why it was raised."""
    remedy: LineId | None
    """What to say to put it right; None where nothing said now would, or the script has no line."""


def explain(
    flag: FlagRaised | OpenFlag, script: Script, language: Language, messages: Phrasebook
) -> Explanation:
    """Return why a flag was raised and what puts it right.

    Titles of cues and steps are the script's, in `language`; one that the script does not have
    (any more) goes by its id. A reason of a newer callcoach is explained by the flag's kind.
    """
    cue = script.cues.get(flag.cue)
    title = cue_title(script, flag.cue, language)
    reason = _Reason(title, cue, script, language, messages).sentence(flag)
    if flag.is_unheard:
        reason = messages.say(
            "{reason} Nothing was listened to in that time, so it may have been said.",
            reason=reason,
        )
    return Explanation(title, reason, _remedy(flag.what, cue, script))


def explain_doubt(event: CueHeard, script: Script, language: Language, messages: Phrasebook) -> str:
    """Return why words that may not be said were not flagged: they may not have been said."""
    if event.span.end <= event.span.start:
        return messages.say(
            "Perhaps: {cue}. Not flagged, because not all of the call was heard ({share}).",
            cue=cue_title(script, event.cue, language),
            share=f"{event.confidence:.0%}",
        )
    return messages.say(
        "Perhaps heard: {cue}. Not flagged, because the recogniser was unsure ({sure}).",
        cue=cue_title(script, event.cue, language),
        sure=f"{event.confidence:.0%}",
    )


def is_perhaps(event: CueHeard, script: Script) -> bool:
    """Tell whether a cue that may not be said was perhaps heard, and therefore not flagged."""
    cue = script.cues.get(event.cue)
    return event.is_doubtful and cue is not None and cue.kind is CueKind.AVOID


def cue_title(script: Script, id: CueId, language: Language) -> str:
    """Return what a cue is called; its id where the script has no title for it."""
    cue = script.cues.get(id)
    return (cue.title.plain(language) if cue else "") or id


def step_title(script: Script, id: StepId, language: Language) -> str:
    """Return what a step or objection is called; its id where the script has no title for it."""
    step = script.steps.get(id)
    return (step.title.plain(language) if step else "") or id


def _remedy(what: FlagKind, cue: Cue | None, script: Script) -> LineId | None:
    """Return the line for a flag that words can still put right; too late or too often stays so."""
    if cue is None or what in (FlagKind.LATE, FlagKind.REPEATED):
        return None
    repair = script.cues.get(cue.repair) if cue.repair else None
    return cue.suggest or (repair.suggest if repair else None)


@dataclass(frozen=True, slots=True)
class _Reason:
    """Says why a flag of one cue was raised."""

    title: str
    cue: Cue | None
    script: Script
    language: Language
    messages: Phrasebook

    def sentence(self, flag: FlagRaised | OpenFlag) -> str:
        match flag.reason:
            case "deadline":
                return self._deadline(flag.due)
            case "step_left":
                return self.messages.say("You moved on before “{cue}” had come up.", cue=self.title)
            case "call_ended":
                return self.messages.say(
                    "The call ended before “{cue}” had come up.", cue=self.title
                )
            case "forbidden":
                return self._forbidden()
            case "too_early":
                return self._too_early()
            case "comes_first" if flag.other:
                return self.messages.say(
                    "You came to “{other}” before “{cue}”, which belongs first.",
                    other=self._anchor(flag.other),
                    cue=self.title,
                )
            case "too_often":
                return self._too_often()
            case "late":
                return self._late(flag.due)
            case _:
                return self._by_kind(flag)

    def _by_kind(self, flag: FlagRaised | OpenFlag) -> str:
        """Say what can be said of a flag whose reason is not known."""
        match flag.what:
            case FlagKind.FORBIDDEN:
                return self._forbidden()
            case FlagKind.OUT_OF_ORDER:
                if self.cue is not None and self.cue.kind is CueKind.AVOID:
                    return self._too_early()
                return self.messages.say("“{cue}” belongs earlier in the call.", cue=self.title)
            case FlagKind.MISSING:
                return self.messages.say("“{cue}” has not come up.", cue=self.title)
            case FlagKind.REPEATED:
                return self._too_often()
            case FlagKind.LATE:
                return self._late(flag.due)

    def _deadline(self, due: float | None) -> str:
        within = self._within(due)
        if within is None:
            return self.messages.say("“{cue}” has not come up.", cue=self.title)
        time = self._duration(within.seconds)
        if within.of == "step":
            return self.messages.say(
                "You were {time} into this step and “{cue}” was still to come.",
                time=time,
                cue=self.title,
            )
        return self.messages.say(
            "You were {time} into the call and “{cue}” was still to come.",
            time=time,
            cue=self.title,
        )

    def _late(self, due: float | None) -> str:
        within = self._within(due)
        if within is None:
            return self.messages.say("“{cue}” did come up, but late.", cue=self.title)
        time = self._duration(within.seconds)
        if within.of == "step":
            return self.messages.say(
                "“{cue}” did come up, but later than {time} into the step.",
                time=time,
                cue=self.title,
            )
        return self.messages.say(
            "“{cue}” did come up, but later than {time} into the call.",
            time=time,
            cue=self.title,
        )

    def _within(self, due: float | None) -> Deadline | None:
        """Return the cue's deadline; where the script has none, the one that the flag names."""
        if self.cue is not None and self.cue.within is not None:
            return self.cue.within
        return None if due is None else Deadline(due, "call")

    def _duration(self, seconds: float) -> str:
        """Return `30 seconds`, `2 minutes` or `12:34`."""
        whole = max(round(seconds), 0)
        if whole < 120:
            return self.messages.count("{n} second", "{n} seconds", whole)
        if whole % 60 == 0:
            return self.messages.count("{n} minute", "{n} minutes", whole // 60)
        return f"{whole // 60}:{whole % 60:02}"

    def _forbidden(self) -> str:
        if self.cue is not None and not self.cue.is_call_wide:
            return self.messages.say(
                "What was said counts as “{cue}”, which has no place at this point of a call.",
                cue=self.title,
            )
        return self.messages.say(
            "What was said counts as “{cue}”, which has no place in a call.", cue=self.title
        )

    def _too_early(self) -> str:
        """Name what has to come first: what puts it right, else what opens the way for it.

        A step that the script lets pass as a sign that all is well is no advice for the agent.
        """
        if self.cue is not None and self.cue.repair:
            first = self._anchor(self.cue.repair)
            return self.messages.say("This came up too early: first “{first}”.", first=first)
        first = self._either(self.cue.after) if self.cue is not None else ""
        if not first:
            return self.messages.say("“{cue}” came up too early.", cue=self.title)
        return self.messages.say("“{cue}” came up before {first}.", cue=self.title, first=first)

    def _either(self, anchors: Anchors) -> str:
        """Return the titles of what one may wait for: `“A” or “B”`."""
        either = ""
        for id in (*anchors.cues, *anchors.steps):
            quoted = self.messages.say("“{title}”", title=self._anchor(id))
            if either and quoted not in either:
                either = self.messages.say("{one} or {other}", one=either, other=quoted)
            either = either or quoted
        return either

    def _anchor(self, id: str) -> str:
        """Return the title of a cue or a step."""
        if id in self.script.cues:
            return cue_title(self.script, CueId(id), self.language)
        return step_title(self.script, StepId(id), self.language)

    def _too_often(self) -> str:
        most = self.cue.most if self.cue is not None else None
        return self.messages.count(
            "“{cue}” came up more than once, and once is enough.",
            "“{cue}” came up more than {n} times, and {n} times are enough.",
            1 if most is None else most,
            cue=self.title,
        )


def judged_words(
    said: str, span: Span, by_model: Mapping[Span, float], messages: Phrasebook
) -> str:
    """Return quoted words, and where a learned judge took them so, how sure it was."""
    sure = by_model.get(span)
    if sure is None:
        return said
    return messages.say("{words} by the learned judge, {sure} sure", words=said, sure=f"{sure:.0%}")


def judged_title(
    title: str, span: Span | None, by_model: Mapping[Span, float], messages: Phrasebook
) -> str:
    """Return what a flag is called, and where a learned judge took its words so, how sure it was.

    For the eye of somebody who is talking: as short as can be.
    """
    sure = None if span is None else by_model.get(span)
    if sure is None:
        return title
    return messages.say("{title} (learned judge, {sure})", title=title, sure=f"{sure:.0%}")
