"""How fast phrases are found: the engine in both forms against what others would take."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from csv import DictReader
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from callcoach.call.coach import Coach
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Phrase, Script
from callcoach.words.engine.codes import Alphabet
from callcoach.words.engine.compile import compile_patterns
from callcoach.words.engine.compiled import Compiled
from callcoach.words.engine.scanners import Engine, Scanners
from callcoach.words.engine.search import Search, Utterances
from callcoach.words.engine.wheel import is_installed
from callcoach.words.match import Matcher, Pattern
from callcoach.words.normalise import Tokens, tokenise
from tests.bench.rivals import hyperscan, normalised, phrase_matcher, regular_loop
from tests.bench.table import Row
from tests.words.speech import patterns, utterances

RULES = 600
FEW, MANY = 300, 3_000
UTTERANCES = 2_000
ROUNDS = 7
COMPARED = 1_000_000
LIVE = 3_000
USUAL = 25
TURNS = 3
PACK = "overdue"
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
    yield from _live_rows(rules)
    yield from _warm_rows(rules)
    yield _comparison(rules)


def _rival_rows(rules: Sequence[Pattern], texts: Sequence[str]) -> Iterator[Row]:
    """Yield how long an utterance takes, in CPU time.

    Ours are from the text to hits with their spans; the `pairs`, like the rivals, begin with
    what was prepared and end with which rule is in which utterance.
    """
    hits = [len(found) for found in Matcher(rules).many(texts)]
    more = f"{len(set(texts)):,} of them different; {sum(hits):,} hits in {sum(map(bool, hits)):,}"
    yield Row("engine: corpus", f"{len(texts):,} utterances", more, "")
    clean = [normalised(text) for text in texts]
    python = Matcher(rules, engine="python")
    wheel = Matcher(rules) if is_installed() else None
    runs: Mapping[str, Callable[[], object] | None] = {
        _LOOP: regular_loop(rules, clean),
        "Hyperscan": hyperscan(rules, clean),
        "spaCy PhraseMatcher": phrase_matcher(rules, clean),
        "ours, Python": lambda: python.many(texts),
        "ours, Python, singly": lambda: [python.hits(text) for text in texts],
        "ours, wheel": (lambda: wheel.many(texts)) if wheel else None,
        "pairs, Python": _pairs(rules, texts, "python"),
        "pairs, wheel": _pairs(rules, texts, "wheel") if wheel else None,
    }
    seconds = _rounds({name: run for name, run in runs.items() if run})
    aims = {"ours, Python": ">= 7x", "ours, wheel": ">= 40x"}
    for name in runs:
        if name not in seconds:
            yield Row(f"engine: {name}", "not installed", "", aims.get(name, ""))
            continue
        each = median(seconds[name]) / len(texts)
        faster = median(_ratios(seconds[_LOOP], seconds[name]))
        figure = f"{each * 1e6:,.1f} us an utterance"
        yield Row(f"engine: {name}", figure, f"{faster:,.1f}x the loop", aims.get(name, ""))


def _pairs(rules: Sequence[Pattern], texts: Sequence[str], engine: Engine) -> Callable[[], object]:
    """Return what rivals do: finding rules in utterances that were prepared, without spans."""
    alphabet = Alphabet()
    compiled = Compiled("", compile_patterns(rules, alphabet))
    search = Search(compiled.program, alphabet.numerals)
    scanner = Scanners(compiled, engine, None, search.ends).for_many()
    codes, order = alphabet.encode_many(texts)
    some = Utterances.of(codes)
    return lambda: search.many(scanner, some, lambda at: alphabet.spoken(texts[order[at]]))


def _pack_rows() -> Iterator[Row]:
    """Yield what an utterance of the labelled calls takes with every phrase of a shipped pack.

    Single ones are timed one by one, the fastest of some turns each; like `_rival_rows`, all
    others are a median over rounds. The loop has normalised text, ours begin with tokens.
    """
    script = Library((shipped_folder(),)).load(PACK).script
    if script is None:
        raise RuntimeError("the shipped pack does not load")
    matcher = Coach(script).judge.rules.matcher
    tokens = [tokenise(text) for text in _labelled()]
    hits = [len(found) for found in matcher.find_many(tokens)]
    what = f"{PACK}: {len(matcher.patterns):,} phrases"
    more = f"{sum(hits) / len(hits):.1f} hits in each, {_mean_words(tokens):.1f} tokens"
    yield Row(what, f"{len(tokens):,} utterances", more, "")
    singly = min(([_spent(matcher, one) for one in tokens] for _ in range(TURNS)), key=sum)
    cuts = quantiles(singly, n=100)
    figure = f"{sum(singly) / len(singly) * 1e6:,.1f} us an utterance"
    yield Row(f"{PACK}: singly", figure, f"p50 {cuts[49] * 1e6:.0f}, p99 {cuts[98] * 1e6:.0f}", "")
    some = tokens[:: len(tokens) // SAMPLE]
    clean = [normalised(text) for text in _labelled()[:: len(tokens) // SAMPLE]]
    seconds = _rounds(
        {
            _LOOP: regular_loop(matcher.patterns, clean),
            "singly": lambda: [matcher.find(one) for one in some],
            "together": lambda: matcher.find_many(some),
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
    said = {(hit.key, hit.phrase) for hits in Matcher(_each(others)).many(texts) for hit in hits}
    silent = [rule for rule in _each(others) if (rule.key, rule.phrase) not in said]
    yield from _scale(texts, few, [*few, *silent[: MANY - FEW]])
    yield from _scale(texts, few, rules[:MANY])


def _each(rules: Sequence[Pattern]) -> list[Pattern]:
    """Return rules under a key each, so that none hides another, and none is a veto."""
    return [Pattern(f"rule {at}", rule.phrase) for at, rule in enumerate(rules)]


def _scale(texts: Sequence[str], few: Sequence[Pattern], many: Sequence[Pattern]) -> Iterator[Row]:
    engines: tuple[Engine, ...] = ("python", "auto") if is_installed() else ("python",)
    hits = [sum(map(len, Matcher(rules).many(texts))) for rules in (few, many)]
    for engine in engines:
        one, other = Matcher(few, engine=engine), Matcher(many, engine=engine)
        seconds = _rounds({"few": partial(one.many, texts), "many": partial(other.many, texts)})
        slower = median(_ratios(seconds["many"], seconds["few"]))
        form = "Python" if engine == "python" else "wheel"
        figure = f"{slower:.2f}x as slow, {form}"
        more = f"with {hits[1] / hits[0]:.2f}x the hits"
        yield Row(f"{len(many):,} rules, not {len(few)}", figure, more, "<= 1.3x")


def _live_rows(rules: Sequence[Pattern]) -> Iterator[Row]:
    """Yield how long a live verdict takes: all of a partial utterance anew at every word.

    Of each the fastest of some turns, in CPU time: what other programs do to the caches is not
    in it. A turn takes all partials, so that nothing of the one before is remembered.
    """
    matcher = Matcher(rules)
    for text in utterances(LIVE, _SEED + 1, rules):
        matcher.hits(text)
    partials = [
        text[:end]
        for text in utterances(LIVE, _SEED + 2, rules)
        for end in (at for at, char in enumerate(f"{text} ") if char == " " or not char.isascii())
    ]
    turns = [[_taken(matcher, text) for text in partials] for _ in range(TURNS)]
    best = [min(times) for times in zip(*turns, strict=True)]
    usual = [
        taken
        for text, taken in zip(partials, best, strict=True)
        if len(tokenise(text).words) <= USUAL
    ]
    for what, taken in (("live verdict", best), (f"live, to {USUAL} words", usual)):
        cuts = quantiles(taken, n=100)
        more = f"p50 {cuts[49] * 1e6:.1f} us, {len(taken):,} partials, best of {TURNS} turns"
        yield Row(what, f"p99 {cuts[98] * 1e6:.1f} us", more, "p99 < 50 us")


def _taken(matcher: Matcher, text: str) -> float:
    begin = time.thread_time()
    matcher.hits(text)
    return time.thread_time() - begin


def _warm_rows(rules: Sequence[Pattern]) -> Iterator[Row]:
    """Yield how long it takes to be ready, without and with what was kept of the last time."""
    packs = Library((shipped_folder(),))
    shipped = [
        pattern
        for path in sorted(shipped_folder().iterdir())
        if (script := packs.load(path.name).script) is not None
        for pattern in _patterns(script)
    ]
    for what, wanted in ((f"{len(rules)} rules", rules), ("all shipped packs", shipped)):
        cold: list[float] = []
        warm: list[float] = []
        for _ in range(ROUNDS):
            store = _Memory()
            for taken in (cold, warm):
                begin = time.perf_counter()
                Matcher(wanted, store=store).hits("")
                taken.append(time.perf_counter() - begin)
        size = sum(map(len, store.values())) / 1e3
        more = f"cold {median(cold) * 1e3:.0f} ms; {size:,.0f} kB for {len(wanted):,} phrases"
        yield Row(f"ready: {what}", f"{median(warm) * 1e3:.1f} ms warm", more, "< 20 ms")


def _comparison(rules: Sequence[Pattern]) -> Row:
    """Return in how many of a million utterances the two forms of the engine disagree."""
    what = f"{COMPARED:,} utterances"
    if not is_installed():
        return Row(what, "not compared", "the wheel is not installed", "0 differences")
    one, other = Matcher(rules, engine="python"), Matcher(rules)
    differences = hits = 0
    for part in range(COMPARED // 10_000):
        texts = list(utterances(10_000, _SEED + part, rules))
        for mine, theirs in zip(one.many(texts), other.many(texts), strict=True):
            differences += mine != theirs
            hits += len(mine)
    return Row(what, f"{differences} differences", f"Python and wheel, {hits:,} hits", "0")


def _patterns(script: Script) -> Iterator[Pattern]:
    for cue in script.cues.values():
        yield from _of(f"cue {cue.id}", (*cue.phrases, *cue.unless))
    for step in script.steps.values():
        yield from _of(f"step {step.id}", step.heard.phrases)
        for exit in step.exits:
            yield from _of(f"exit {step.id}/{exit.id}", exit.heard.phrases)


def _of(key: str, phrases: Sequence[Phrase]) -> Iterator[Pattern]:
    return (Pattern(key, phrase.text.value) for phrase in phrases)


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
