"""The judges that `overdue` brings: good for its rules, small, fair, alike however a call comes."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from callcoach.archive.datasets.read import read_dataset
from callcoach.archive.sources import pack_sources, unpack_sources
from callcoach.call.coach import Coach
from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.events import CueHeard, Event
from callcoach.call.inputs import FOLLOW, EndCall, Hear
from callcoach.call.replay import Follower, Row, without_deadlines
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import AGREED, Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.call.session import Session
from callcoach.call.taught import judged_rules, language_of, opinions_on
from callcoach.errors import IllegalMove
from callcoach.review.batch import judge as batch
from callcoach.script.judges import FILE
from callcoach.script.library import shipped_folder
from callcoach.script.load import load_pack
from callcoach.script.model import Severity
from callcoach.words.normalise import tokenise
from tests.script.packs.halves import number
from tests.script.packs.judging import overdue
from tests.sessions import shipped_coach
from tests.support import PHRASES, shipped

HERE = Path(__file__).parent
MOST_BYTES = 300_000
BY_RULES = frozenset(
    (
        *("debt_disclosure", "identity_request", "identity_given", "right_party_check"),
        *("verified", "early"),
    )
)
"""Labels on which an accusation hangs, or that prove somebody."""
MOST_LOST = 0.002
"""The share of hits that may go because another rule holds: a promise that is a threat, say."""
DAY = "2026-12-01"


def test_the_file_is_of_the_shipped_rules_and_small() -> None:
    loaded = shipped().load("overdue")
    assert loaded.findings == ()
    assert loaded.script is not None
    assert loaded.script.judges.keys() == {"en", "zh"}
    assert 0 < (shipped_folder() / "overdue" / FILE).stat().st_size < MOST_BYTES


def test_every_judge_is_of_a_rule_that_is_there_and_was_better() -> None:
    script = overdue()
    for judges in script.judges.values():
        assert judges.keys() <= script.rules.keys()
        assert not {label for id in judges for label in script.rules[id].labels} & BY_RULES
        assert min(judge.gain for judge in judges.values()) > 0
        assert min(judge.calls for judge in judges.values()) > 100
        weighed = {feature for judge in judges.values() for feature in judge.weights}
        named = {it.removeprefix("rule ") for it in weighed if it.startswith("rule ")}
        assert named <= script.rules.keys()


# Rules and judges beside one another


def odd(*files: str) -> Iterator[LabelledCall]:
    """Yield the calls of tables that may be read."""
    for file in files:
        for dataset in read_dataset(HERE / file):
            yield from (call for call in dataset.calls if number(call) % 2)


@cache
def ruleset() -> Ruleset:
    """Return the rules of the pack."""
    script = overdue()
    return Ruleset(script.rules, script.lineages, PHRASES, judged=judged_rules(script))


def hits(call: LabelledCall, *, has_judges: bool) -> list[RuleHit]:
    """Return everything that holds in a call."""
    opinions = opinions_on(overdue()) if has_judges else None
    listener = Listener(ruleset(), {"language": call.language}, opinions=opinions)
    found: list[RuleHit] = []
    for one in call.utterances:
        found += listener.hear(Said(one.speaker, one.text, one.start, one.end))
    return [*found, *listener.end({})]


@cache
def heard() -> Sequence[tuple[LabelledCall, Sequence[RuleHit], Sequence[RuleHit]]]:
    """Return calls, with what holds by the rules alone and by both."""
    calls = odd("en_third.tsv", "en_more.tsv", "zh_fourth.tsv", "zh_fifth.tsv")
    return [(it, hits(it, has_judges=False), hits(it, has_judges=True)) for it in calls]


def test_the_judges_find_more_and_take_nothing_back() -> None:
    """No accusation is lost; what other rules say may follow from what is found."""
    script = overdue()
    lost: list[tuple[str, RuleHit]] = []
    for call, alone, both in heard():
        known = {(hit.rule, hit.utterance) for hit in both}
        lost += [(call.key, hit) for hit in alone if (hit.rule, hit.utterance) not in known]
    severe = [it for it in lost if script.rules[it[1].rule].severity is Severity.CRITICAL]
    assert severe == []
    assert len(lost) < MOST_LOST * sum(len(alone) for _, alone, _ in heard())
    found = [hit for _, _, both in heard() for hit in both if hit.by == "model"]
    assert len({hit.rule for hit in found} & judged_rules(script)) > 7


def test_what_a_judge_finds_is_shown_by_the_words_that_told_it() -> None:
    script = overdue()
    shown: list[tuple[str, str]] = []
    for call, _, both in heard():
        for hit in both:
            text = call.utterances[hit.utterance].text
            judge = script.judges[language_of(tokenise(text))].get(hit.rule)
            if hit.by == "model" and judge is not None and not hit.also:
                assert hit.confidence >= max(AGREED, script.rules[hit.rule].threshold)
                shown.append((text, text[hit.start : hit.end]))
    assert len(shown) > 50
    assert all(words for _, words in shown)
    assert sum(words != text for text, words in shown) > 0.9 * len(shown)


# However a call comes


def rows(call: LabelledCall) -> list[Row]:
    """Return the utterances of a call as a transcript has them."""
    return [Row(one.speaker, one.text, one.start, one.end) for one in call.utterances]


def go_on(session: Session, said: Sequence[Row]) -> list[Event]:
    """Return the events of words as they follow live."""
    events: list[Event] = []
    follower = Follower()
    for row in said:
        happened = session.feed(Hear(row.speaker, row.text, row.start, row.end, "typed"), row.end)
        events += happened
        for move in follower.moves(session, happened):
            with suppress(IllegalMove):
                events += session.feed(move, row.end)
    return events


def end(session: Session, said: Sequence[Row]) -> Sequence[Event]:
    """Return the events of the end of a call."""
    return session.feed(EndCall(by=FOLLOW), said[-1].end)


def begun(coach: Coach, call: LabelledCall) -> tuple[Session, tuple[Event, ...]]:
    """Return a call that begins."""
    started = coach.started(
        call.language, started=f"{DAY}T00:00:00Z", day=DAY, seed=batch.SEED, mode="replay"
    )
    return Session.start(coach, started)


def cues(events: Sequence[Event]) -> list[CueHeard]:
    """Return the cues that were heard."""
    return [event for event in events if isinstance(event, CueHeard)]


@cache
def untimed() -> Coach:
    """Return what judges calls without measured times."""
    coach = shipped_coach("overdue")
    return Coach(without_deadlines(coach.script), store=PHRASES, rules=coach.judge.rules)


@cache
def kept() -> Coach:
    """Return the same, made of the sources as a journal keeps them."""
    main, *used = unpack_sources(pack_sources(shipped().load("overdue").sources))
    script = load_pack(main, {pack.id: pack for pack in used}.get).script
    assert script is not None
    assert script.digest == overdue().digest
    return Coach(without_deadlines(script), store=PHRASES)


@cache
def lived(file: str) -> Sequence[tuple[LabelledCall, Session, Sequence[Event]]]:
    """Return calls of a table as they were when they were made; judges had a word in them."""
    made: list[tuple[LabelledCall, Session, Sequence[Event]]] = []
    for call in list(odd(file))[:24]:
        session, opening = begun(untimed(), call)
        events = [*opening, *go_on(session, rows(call)), *end(session, rows(call))]
        made.append((call, session, events))
    assert sum(cue.by == "model" for _, _, events in made for cue in cues(events)) > 2
    return made


FILES = pytest.mark.parametrize("file", ["en_third.tsv", "zh_fifth.tsv"])


@FILES
def test_a_call_in_a_batch_is_judged_as_live(file: str) -> None:
    terms = batch.Terms(shipped_coach("overdue"), untimed(), None, DAY)
    for call, _, events in lived(file):
        judged = batch.judge(batch.Said(rows(call), call.language, is_timed=False), terms)
        assert list(judged.events) == list(events)


@FILES
def test_a_call_that_is_taken_up_with_the_kept_sources_is_judged_on_as_it_was(file: str) -> None:
    for call, session, events in lived(file):
        assert Session(kept(), events).state == session.state
        said = rows(call)
        half = len(said) // 2
        broken, opening = begun(untimed(), call)
        before = [*opening, *go_on(broken, said[:half])]
        resumed = Session(kept(), before)
        after = [*go_on(resumed, said[half:]), *end(resumed, said)]
        assert cues([*before, *after]) == cues(events)
