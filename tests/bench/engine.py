"""How fast phrases are found, against what others would take, and how soon the engine is ready."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from csv import DictReader
from pathlib import Path
from statistics import median, quantiles

from callcoach.call.coach import Coach
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Script
from callcoach.words.match import Matcher, Pattern
from callcoach.words.normalise import Tokens, tokenise
from tests.bench.rivals import hyperscan, normalised, phrase_matcher, regular_loop
from tests.bench.table import Row
from tests.words.speech import patterns, utterances

RULES = 600
FEW, MANY = 300, 3_000
UTTERANCES = 2_000
ROUNDS = 7
LIVE = 3_000
USUAL = 25
TURNS = 3
PACK = "overdue"
STEP = 1
"""Of the labelled utterances every how many-th is taken."""
SAMPLE = 200
"""So many utterances are given to a loop over all phrases of a pack."""
CALLS = Path(__file__).parents[1] / "script" / "packs"
_SEED = 20261125
_LOOP = "re, a loop"


class _Memory(dict[str, bytes]):
    """A store that keeps compiled phrases in memory."""

    def put(self, digest: str, data: bytes) -> None:
        self[digest] = data


def engine_rows() -> Iterator[Row]:
    """Yield the figures of the matching engine."""
    rules = patterns(RULES, _SEED)
    texts = list(utterances(UTTERANCES, _SEED, rules))
    yield from _rival_rows(rules, texts)
    yield from _pack_rows()
    yield from _scale_rows()
    yield from _live_rows(f"{RULES} rules", Matcher(rules), utterances(LIVE, _SEED + 2, rules))
    script = _script(PACK)
    yield from _live_rows(PACK, Coach(script).judge.rules.matcher, _labelled()[::STEP])
    yield from warm_rows(rules)
    yield _load_row()


def _rival_rows(rules: Sequence[Pattern], texts: Sequence[str]) -> Iterator[Row]:
    """Yield how long an utterance takes, in CPU time.

    Ours are from the text to hits with their spans; the rivals begin with what was prepared and end
    with which rule is in which utterance.
    """
    matcher = Matcher(rules)
    hits = [len(matcher.hits(text)) for text in texts]
    more = f"{len(set(texts)):,} of them different; {sum(hits):,} hits in {sum(map(bool, hits)):,}"
    yield Row("engine: corpus", f"{len(texts):,} utterances", more, "")
    clean = [normalised(text) for text in texts]
    runs: Mapping[str, Callable[[], object] | None] = {
        _LOOP: regular_loop(rules, clean),
        "Hyperscan": hyperscan(rules, clean),
        "spaCy PhraseMatcher": phrase_matcher(rules, clean),
        "ours": lambda: [matcher.hits(text) for text in texts],
    }
    seconds = _rounds({name: run for name, run in runs.items() if run})
    aims = {"ours": ">= 7x"}
    for name in runs:
        if name not in seconds:
            more = "python3 make.py bench installs it where it has a wheel"
            yield Row(f"engine: {name}", "not installed", more, aims.get(name, ""))
            continue
        each = median(seconds[name]) / len(texts)
        faster = median(_ratios(seconds[_LOOP], seconds[name]))
        figure = f"{each * 1e6:,.1f} us an utterance"
        yield Row(f"engine: {name}", figure, f"{faster:,.1f}x the loop", aims.get(name, ""))


def _pack_rows() -> Iterator[Row]:
    """Yield what an utterance of the labelled calls takes with every phrase of a shipped pack.

    Single ones are timed one by one, the fastest of some turns each; like `_rival_rows`, all
    others are a median over rounds. The loop has normalised text, ours begin with tokens.
    """
    matcher = Coach(_script(PACK)).judge.rules.matcher
    texts = _labelled()[::STEP]
    tokens = [tokenise(text) for text in texts]
    hits = [len(matcher.find(one)) for one in tokens]
    what = f"{PACK}: {len(matcher.patterns):,} phrases"
    more = f"{sum(hits) / len(hits):.1f} hits in each, {_mean_words(tokens):.1f} tokens"
    yield Row(what, f"{len(tokens):,} utterances", more, "")
    singly = min(([_spent(matcher, one) for one in tokens] for _ in range(TURNS)), key=sum)
    cuts = quantiles(singly, n=100)
    figure = f"{sum(singly) / len(singly) * 1e6:,.1f} us an utterance"
    yield Row(f"{PACK}: singly", figure, f"p50 {cuts[49] * 1e6:.0f}, p99 {cuts[98] * 1e6:.0f}", "")
    step = max(len(tokens) // SAMPLE, 1)
    some = tokens[::step]
    clean = [normalised(text) for text in texts[::step]]
    seconds = _rounds(
        {
            _LOOP: regular_loop(matcher.patterns, clean),
            "singly": lambda: [matcher.find(one) for one in some],
            "by key": lambda: [matcher.by_key(one) for one in some],
            "tokens": lambda: [tokenise(text) for text in clean],
        }
    )
    for name, taken in seconds.items():
        figure = f"{median(taken) / len(some) * 1e6:,.1f} us an utterance"
        faster = median(_ratios(seconds[_LOOP], taken))
        more = f"{faster:,.1f}x the loop, {len(some)} utterances"
        yield Row(f"{PACK}: {name}", figure, more, "")


def _labelled() -> list[str]:
    """Return what is said in the labelled calls of the tests, in both languages."""
    texts: list[str] = []
    for file in sorted(CALLS.glob("*_calls.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            texts += [row["text"] for row in DictReader(lines, delimiter="\t")]
    return texts


def _mean_words(tokens: Sequence[Tokens]) -> float:
    return sum(len(one.words) for one in tokens) / len(tokens)


def _spent(matcher: Matcher, tokens: Tokens) -> float:
    begin = time.thread_time()
    matcher.find(tokens)
    return time.thread_time() - begin


def _scale_rows() -> Iterator[Row]:
    """Yield how much more many rules take than few, over the same utterances.

    Once with rules that are not said in these utterances beside the few, so that the rules alone
    make the difference, and once with any, which find more and have more to report.
    """
    rules = patterns(3 * MANY, _SEED)
    few, others = rules[:FEW], rules[FEW:]
    texts = list(utterances(UTTERANCES, _SEED, few))
    found = Matcher(_each(others))
    said = {(hit.key, hit.phrase) for text in texts for hit in found.hits(text)}
    silent = [rule for rule in _each(others) if (rule.key, rule.phrase) not in said]
    yield _scale(texts, few, [*few, *silent[: MANY - FEW]])
    yield _scale(texts, few, rules[:MANY])


def _each(rules: Sequence[Pattern]) -> list[Pattern]:
    """Return rules under a key each, so that none hides another, and none is a veto."""
    return [Pattern(f"rule {at}", rule.phrase) for at, rule in enumerate(rules)]


def _scale(texts: Sequence[str], few: Sequence[Pattern], many: Sequence[Pattern]) -> Row:
    one, other = Matcher(few), Matcher(many)
    hits = [sum(len(matcher.hits(text)) for text in texts) for matcher in (one, other)]
    seconds = _rounds(
        {
            "few": lambda: [one.hits(text) for text in texts],
            "many": lambda: [other.hits(text) for text in texts],
        }
    )
    slower = median(_ratios(seconds["many"], seconds["few"]))
    more = f"with {hits[1] / max(hits[0], 1):.2f}x the hits"
    return Row(f"{len(many):,} rules, not {len(few)}", f"{slower:.2f}x as slow", more, "<= 1.3x")


def _live_rows(name: str, matcher: Matcher, texts: Iterable[str]) -> Iterator[Row]:
    """Yield how long a live verdict takes: all of a partial utterance anew at every word.

    Of each the fastest of some turns, in CPU time: what other programs do to the caches is not
    in it. A turn takes all partials, so that nothing of the one before is remembered.
    """
    partials = [
        text[:end]
        for text in texts
        for end in (at for at, char in enumerate(f"{text} ") if char == " " or not char.isascii())
    ]
    turns = [[_taken(matcher, text) for text in partials] for _ in range(TURNS)]
    best = [min(times) for times in zip(*turns, strict=True)]
    usual = [
        taken
        for text, taken in zip(partials, best, strict=True)
        if len(tokenise(text).words) <= USUAL
    ]
    for what, taken in (("live", best), (f"live, to {USUAL} words", usual)):
        cuts = quantiles(taken, n=100)
        more = f"p50 {cuts[49] * 1e6:.1f} us, {len(taken):,} partials, best of {TURNS} turns"
        yield Row(f"{name}: {what}", f"p99 {cuts[98] * 1e6:.1f} us", more, "p99 < 50 us")


def _taken(matcher: Matcher, text: str) -> float:
    begin = time.thread_time()
    matcher.hits(text)
    return time.thread_time() - begin


def warm_rows(rules: Sequence[Pattern]) -> Iterator[Row]:
    """Yield how long it takes to be ready, without and with what was kept of the last time.

    Of the shipped packs with all that they listen for: cues, ways and every rule.
    """
    packs = Library((shipped_folder(),))
    shipped = {name: _script(name) for name in packs.names()}
    wanted: dict[str, tuple[Pattern, ...]] = {
        f"{len(rules)} rules": tuple(rules),
        **{
            name: Coach(script).judge.rules.matcher.patterns
            for name, script in shipped.items()
            if script.start is not None
        },
    }
    for what, some in wanted.items():
        cold: list[float] = []
        warm: list[float] = []
        for _ in range(ROUNDS):
            store = _Memory()
            for taken in (cold, warm):
                gc.collect()
                begin = time.process_time()
                Matcher(some, store=store).hits("")
                taken.append(time.process_time() - begin)
        size = sum(map(len, store.values())) / 1e3
        more = f"cold {median(cold) * 1e3:.0f} ms; {size:,.0f} kB for {len(some):,} phrases"
        yield Row(f"ready: {what}", f"{median(warm) * 1e3:.1f} ms warm", more, "< 20 ms")


def _load_row() -> Row:
    """Return how long it takes to load a pack as it was kept, against reading its files."""
    read, kept = (Library((shipped_folder(),), store) for store in (None, _Memory()))
    seconds = _rounds({"read": lambda: read.load(PACK), "kept": lambda: kept.load(PACK)})
    faster = median(_ratios(seconds["read"], seconds["kept"]))
    more = f"{faster:.1f}x as fast as reading it, {median(seconds['read']) * 1e3:.0f} ms"
    return Row(f"load: {PACK}", f"{median(seconds['kept']) * 1e3:.0f} ms kept", more, ">= 4x")


def _script(name: str) -> Script:
    script = Library((shipped_folder(),)).load(name).script
    if script is None:
        raise RuntimeError(f"the shipped pack {name} does not load")
    return script


def _rounds(runs: Mapping[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Return the seconds of each of `runs` in every round; they take turns, after a warm-up."""
    for run in runs.values():
        run()
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            gc.collect()
            begin = time.process_time()
            run()
            taken[name].append(time.process_time() - begin)
    return taken


def _ratios(some: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(some, others, strict=True)]
