"""Turns what reviewers say of a call's flags into labels, so that a team's reviews teach its rules.

A flag that is wrong says that no utterance of the call is what the rule took one for; a flag that
stands says that its utterance is. What was said and missed is labelled where the reviewer's comment
says when.
"""

from collections.abc import Iterable, Iterator, Sequence

from callcoach.call.evaluate.gold import LabelledCall, Mark, Utterance, language_of
from callcoach.call.events import Event, FlagRaised, Heard
from callcoach.review.learning.examples import label_of
from callcoach.review.verdicts import SILENT, Verdict, Verdicts
from callcoach.script.model import Cue, CueId, FlagKind, Script

_OF_WORDS = SILENT | {FlagKind.FORBIDDEN}


def labelled_call(
    id: str, events: Sequence[Event], script: Script, verdicts: Verdicts
) -> LabelledCall | None:
    """Return a call with the labels that its reviews give; None where they give none."""
    heard = [event for event in events if isinstance(event, Heard)]
    labels: dict[int, set[str]] = {}
    """By the `seq` of an utterance."""
    scope: set[Mark] = set()
    for cue, label in _labels(script):
        said = _last(verdicts, cue.id)
        if said is None:
            continue
        seqs = _where(said, heard, events)
        if seqs is None:
            continue
        scope.add(Mark(label, cue.speaker))
        for seq in seqs:
            labels.setdefault(seq, set()).add(label)
    if not scope:
        return None
    utterances = tuple(
        Utterance(it.speaker, it.text, it.start, it.end, frozenset(labels.get(it.seq, ())))
        for it in heard
    )
    language = language_of(it.text for it in heard)
    return LabelledCall(id, "journal", language, utterances, frozenset(scope))


def _labels(script: Script) -> Iterator[tuple[Cue, str]]:
    """Yield the cues that one rule meets, with its label; of several nobody knows which."""
    known = label_of(script)
    for cue in script.cues.values():
        if len(cue.rules) == 1 and cue.rules[0] in known:
            yield cue, known[cue.rules[0]]


def _last(verdicts: Verdicts, cue: CueId) -> Verdict | None:
    """Return what reviewers say of the flags of a cue, where they say one thing of all.

    Flags of order and number say nothing of the words.
    """
    found = [
        own[-1]
        for (about, what), own in verdicts.items()
        if about == cue and own and what in _OF_WORDS
    ]
    return found[-1] if len({it.is_so for it in found}) == 1 else None


def _where(said: Verdict, heard: Sequence[Heard], events: Iterable[Event]) -> Sequence[int] | None:
    """Return the utterances that a verdict is about, none where nothing was; None: unknown."""
    if said.what not in SILENT:
        if not said.is_so:
            return ()
        raised = (it for it in events if isinstance(it, FlagRaised) and it.cue == said.cue)
        return [it.span.heard for it in raised if it.span is not None]
    if said.is_so:
        return ()
    if said.heard_at is None or not said.is_due:
        return None
    at = said.heard_at
    return [it.seq for it in heard if it.start <= at <= it.end][:1] or None
