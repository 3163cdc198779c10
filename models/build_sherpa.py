"""Builds the tiny models for sherpa-onnx: `python -m models.build_sherpa en OUT`."""

import argparse
import json
import os
import sys
from pathlib import Path

from models.sherpa.build import FULL, QUICK, build
from models.tiny.phones import Language
from models.tiny.speech import SpeechError
from models.tiny.texts import texts

_BREATH = 12
"""Words that are said in one go."""


def tested_sentences(language: Language) -> tuple[str, ...]:
    """Return the sentences and turns of the test set; its voices are in no training."""
    manifest = Path(__file__).parent / "testset" / language / "manifest.json"
    held = json.loads(manifest.read_text(encoding="utf-8"))
    turns = [turn["text"].split() for call in held["calls"] for turn in call["turns"]]
    pieces = (turn[at : at + _BREATH] for turn in turns for at in range(0, len(turn), _BREATH))
    return (*(each["text"] for each in held["sentences"]), *map(" ".join, pieces))


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m models.build_sherpa", description=__doc__)
    parser.add_argument("language", choices=("en",))
    parser.add_argument("out", type=Path, help="the folder to write two models to")
    parser.add_argument("--quick", action="store_true", help="worse models, sooner")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes that speak"
    )
    given = parser.parse_args(arguments)
    effort = QUICK if given.quick else FULL
    said, certain = texts(given.language), tested_sentences(given.language)
    try:
        build(said, certain, given.out, effort, seed=given.seed, jobs=given.jobs, report=print)
    except SpeechError as error:
        parser.exit(1, f"{error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
