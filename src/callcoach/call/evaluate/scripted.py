"""Predicts by a script: what its rules are called, and the ids of its cues."""

from collections.abc import Iterable, Mapping, Sequence

from callcoach.call.evaluate.gold import LabelledCall, Mark, Prediction, Reason, Utterance
from callcoach.call.evaluate.verdicts import EARLY, VERIFIED, judge_call
from callcoach.call.events import Heard
from callcoach.call.metrics import figures, measure
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, Opinion, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.call.taught import judged_rules, opinions_on, rules_heard
from callcoach.script.model import CueId, Script, Speaker, local
from callcoach.script.patterns import patterns
from callcoach.script.rules import RuleId, Scope
from callcoach.words.match import Matcher, Pattern, Store


class ScriptPredictor:
    """Predicts what a script's rules and cues find; free to share between calls.

    Where a rule has the label `verified` or `early`, it judges the call; otherwise the
    order of the labels does.
    """

    def __init__(
        self,
        script: Script,
        opinions: Mapping[RuleId, Opinion] | None = None,
        store: Store | None = None,
    ) -> None:
        """Compile the rules that have labels.

        `opinions` are a team's judges of some of them, beside those that the pack brings; `store`
        keeps the compiled phrases for the next time.
        """
        self._cue_ids: dict[RuleId, list[tuple[Speaker, str]]] = {}
        for cue in script.cues.values():
            for id in cue.rules:
                self._cue_ids.setdefault(id, []).append((cue.speaker, local(cue.id)))
        labelled = [id for id, rule in script.rules.items() if rule.labels or id in self._cue_ids]
        rules = rules_heard(script, labelled, opinions)
        judged = judged_rules(script)
        self._ruleset = Ruleset(rules, script.lineages, store, judged=judged)
        self._labels = {id: rules[id].labels for id in labelled}
        self._of_calls = {id for id in labelled if rules[id].scope is Scope.CALL}
        self._judged = frozenset(label for labels in self._labels.values() for label in labels)
        self._speakers = {cue.id: cue.speaker for cue in script.cues.values()}
        self._phrases = Matcher(_phrases_of_cues(script), store=store)
        self._opinions = opinions_on(script, opinions)

    def predict(self, call: LabelledCall) -> Prediction:
        """Return what is in a call."""
        hits = self._hear(call)
        reasons = [list(self._by_cues(one)) for one in call.utterances]
        given: set[str] = set()
        for hit in hits:
            labels = self._labels.get(hit.rule, ())
            given.update(labels)
            if hit.rule not in self._of_calls and not hit.is_silent:
                speaker = call.utterances[hit.utterance].speaker
                ids = self._cue_ids.get(hit.rule, ())
                names = (*labels, *(id for whose, id in ids if whose is speaker))
                reasons[hit.utterance] += (_reason(name, hit) for name in names)
        made = Prediction(tuple(map(tuple, reasons)))
        verified, early = judge_call([one.speaker for one in call.utterances], made.labels)
        return Prediction(
            made.reasons,
            VERIFIED in given if VERIFIED in self._judged else verified,
            EARLY in given if EARLY in self._judged else early,
        )

    def _hear(self, call: LabelledCall) -> Sequence[RuleHit]:
        """Return everything that holds in a call, heard in the order of its lines."""
        listener = Listener(
            self._ruleset, {"language": call.language}, opinions=self._opinions or None
        )
        hits: list[RuleHit] = []
        for one in call.utterances:
            hits += listener.hear(Said(one.speaker, one.text, one.start, one.end))
        hits += listener.end(figures(measure(_heard(call.utterances))))
        return hits

    def _by_cues(self, one: Utterance) -> Iterable[Reason]:
        """Yield the ids of the cues whose own phrases an utterance has, if no rule is so called."""
        for hit in self._phrases.hits(one.text):
            id = CueId(hit.key)
            if self._speakers[id] is one.speaker and local(id) not in self._judged:
                yield Reason(local(id), hit.phrase, hit.start, hit.end)


def unknown_labels(script: Script, calls: Iterable[LabelledCall]) -> tuple[str, ...]:
    """Return the labels that are on the calls and that no rule and no cue of a script can give."""
    known = {local(cue.id) for cue in script.cues.values()}
    known.update(label for rule in script.rules.values() for label in rule.labels)
    there = {
        label
        for call in calls
        for one in call.utterances
        for label in one.labels
        if Mark(label, one.speaker) in call.scope
    }
    return tuple(sorted(there - known))


def _phrases_of_cues(script: Script) -> Iterable[Pattern]:
    for cue in script.cues.values():
        yield from patterns(cue.id, cue.phrases, cue.unless)


def _reason(label: str, hit: RuleHit) -> Reason:
    return Reason(label, hit.phrase, hit.start, hit.end, hit.by, hit.taken_for, hit.confidence)


def _heard(utterances: Sequence[Utterance]) -> Iterable[Heard]:
    for number, one in enumerate(utterances):
        yield Heard(
            seq=number,
            at=one.end,
            speaker=one.speaker,
            text=one.text,
            start=one.start,
            end=one.end,
            source="transcript",
        )
