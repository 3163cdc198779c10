"""Measures what badly heard words cost: hits kept and hits made up, exactly and by sound.

`python -m tests.bench.noise [seeds]` prints the whole table; the suite `noise` of `tests.bench` its
rows at one error in ten. Texts: the lines of the shipped packs, which are few but of the field, and
the public dialogues that lie beside a checkout of the developers, where they are. Listened for are
the phrases of the pack `overdue` that its rules listen for by sound, as in a call; a language that
has none of them has no rows. A hit is an utterance and a condition: kept where the noisy utterance
still meets it, extra where the clean one did not.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import thread_time_ns

from callcoach.call.coach import Coach
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Script
from callcoach.words.match import Hit, Matcher
from callcoach.words.noise import Noise
from callcoach.words.normalise import tokenise
from callcoach.words.sound_cost import LEAST_WEIGHT, heaviness
from tests.bench.table import Row

DATA = Path(__file__).parents[3] / "shared" / "data"
PACKS = ("overdue", "courtesy", "community", "home_visit")
PACK_SEEDS = 20
"""Times that the few lines of the packs are heard."""
RATES = (0.0, 0.05, 0.1, 0.2)
_BLANK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


@dataclass(slots=True)
class Tally:
    """What one text at one rate came to."""

    utterances: int = 0
    hits: int = 0
    """Conditions that clean utterances meet by more than a bare number."""
    exact: int = 0
    tolerant: int = 0
    long_hits: int = 0
    """Those with a phrase that is long enough to be found by its sound."""
    long_exact: int = 0
    long_tolerant: int = 0
    extra_exact: int = 0
    extra_tolerant: int = 0
    spent: list[int] = field(default_factory=list)
    """What tolerance took for each utterance on top, in nanoseconds of this thread."""

    def share(self, kept: int, *, is_long: bool = False) -> float:
        """Return the recall."""
        return kept / max(self.long_hits if is_long else self.hits, 1)

    def per_thousand(self, extra: int) -> float:
        """Return extra hits per 1,000 utterances."""
        return 1000 * extra / max(self.utterances, 1)

    def microseconds(self, share: float) -> float:
        """Return the time that `share` of the utterances stay below."""
        return sorted(self.spent)[int(share * (len(self.spent) - 1))] / 1000


class Bench:
    """The phrases of a pack, exact and tolerant, those only that are listened for by sound."""

    def __init__(self, pack: str = "overdue") -> None:
        rules = Coach(load(pack)).judge.rules
        if rules.sounds is None:
            raise LookupError(f"{pack} listens for nothing by sound")
        self.keys = rules.sounding_keys
        self.exact = Matcher(it for it in rules.matcher.patterns if it.key in self.keys)
        self.sound = rules.sounds

    def measure(self, texts: Sequence[str], rate: float, seeds: Sequence[int]) -> Tally:
        """Corrupt every text once for each seed, and count."""
        words = Counter(word for text in texts for word in re.findall("[a-z]+", text.lower()))
        noise = Noise(words)
        tally = Tally()
        for seed in seeds:
            random = Random(seed)
            for text in texts:
                self._count(tally, text, noise.corrupt(text, rate, random))
        return tally

    def _count(self, tally: Tally, text: str, noisy: str) -> None:
        wanted: dict[str, bool] = {}
        clean = self.exact.hits(text)
        for hit in clean:
            if not _is_number(text, hit):
                weight = heaviness(tokenise(text[hit.start : hit.end]).words)
                wanted[hit.key] = wanted.get(hit.key, False) or weight >= LEAST_WEIGHT
        tokens = tokenise(noisy)
        exact = self.exact.hits(noisy)
        begun = thread_time_ns()
        found = self.sound.find(noisy, tokens, lambda: exact)
        tally.spent.append(thread_time_ns() - begun)
        exactly = {hit.key for hit in exact}
        tolerantly = exactly | {hit.key for hit in found}
        known = {hit.key for hit in clean}
        tally.utterances += 1
        tally.extra_exact += len(exactly - known)
        tally.extra_tolerant += len(tolerantly - known)
        for key, is_long in wanted.items():
            tally.hits += 1
            tally.exact += key in exactly
            tally.tolerant += key in tolerantly
            if is_long:
                tally.long_hits += 1
                tally.long_exact += key in exactly
                tally.long_tolerant += key in tolerantly


def _is_number(text: str, hit: Hit) -> bool:
    words = tokenise(text[hit.start : hit.end]).words
    return all(word[0].isdecimal() for word in words)


def load(pack: str) -> Script:
    """Return the script of a shipped pack."""
    script = Library((shipped_folder(),)).load(pack).script
    if script is None:
        raise LookupError(pack)
    return script


def pack_texts(language: str) -> list[str]:
    """Return the lines of the shipped packs, facts left blank."""
    return [
        _BLANK.sub(" ", text.value)
        for pack in PACKS
        for line in load(pack).lines.values()
        for text in line.wording.variants.get(language, ())
    ]


def dialogue_texts(language: str) -> list[str]:
    """Return the utterances of the public dialogues; none where they are not there."""
    if language == "zh":
        file = DATA / "crosswoz" / "val_general_acts.jsonl"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return [json.loads(line)["text"] for line in lines]
    texts: list[str] = []
    for file in sorted(DATA.glob("debt_calls/transcripts/*.json")):
        texts += (turn["text"] for turn in json.loads(file.read_text("utf-8")))
    for file in sorted(DATA.glob("multidogo/*.tsv")):
        with file.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE):
                texts.append(row["utterance"] or "")
    return [text for text in texts if text.strip()]


def noise_rows() -> Iterator[Row]:
    """Yield the rows at one error in ten."""
    bench = Bench()
    for language, aim in (("zh", "recall >= .90, <= 10 extra"), ("en", ">= .88, <= 20")):
        for name, texts in (("packs", pack_texts(language)), ("talk", dialogue_texts(language))):
            if texts:
                tally = bench.measure(texts, 0.1, range(PACK_SEEDS if name == "packs" else 1))
                if not tally.long_hits:
                    none = f"none of its phrases is heard by sound: {tally.hits} hits"
                    yield Row(f"heard badly, {language} {name}", "not measured", none, aim)
                    continue
                kept = tally.share(tally.long_tolerant, is_long=True)
                plain = tally.share(tally.long_exact, is_long=True)
                added = tally.per_thousand(tally.extra_tolerant - tally.extra_exact)
                yield Row(
                    f"heard badly, {language} {name}",
                    f"recall {kept:.3f}, exact {plain:.3f}",
                    f"{added:.1f} extra/1,000; p99 {tally.microseconds(0.99):.0f} us",
                    aim,
                )


def main(seeds: int) -> None:
    """Print the table: recall of long enough phrases and of all, extra hits, time."""
    print("text      noise   long    exact  sound | all     exact  sound | extra/1000  us p50  p99")
    bench = Bench()
    for language in ("zh", "en"):
        for name, texts in (("packs", pack_texts(language)), ("talk", dialogue_texts(language))):
            for rate in RATES if texts else ():
                tally = bench.measure(
                    texts, rate, range(PACK_SEEDS * seeds if name == "packs" else seeds)
                )
                print(
                    f"{language} {name:5}  {rate:5.2f}  {tally.long_hits:5}"
                    f"    {tally.share(tally.long_exact, is_long=True):.3f}"
                    f"  {tally.share(tally.long_tolerant, is_long=True):.3f} | {tally.hits:6}"
                    f"  {tally.share(tally.exact):.3f}  {tally.share(tally.tolerant):.3f} |"
                    f" {tally.per_thousand(tally.extra_exact):5.1f}"
                    f" {tally.per_thousand(tally.extra_tolerant - tally.extra_exact):+5.1f}"
                    f" {tally.microseconds(0.5):6.0f} {tally.microseconds(0.99):5.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
