"""Builds one of the tiny models, or their test set: `python -m models.build_tiny en OUT`."""

import argparse
import os
import sys
from pathlib import Path

from models.tiny.build import FULL, QUICK, build
from models.tiny.speech import SpeechError
from models.tiny.testset import write_testset
from models.tiny.texts import texts


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m models.build_tiny", description=__doc__)
    parser.add_argument("language", choices=("en", "zh"))
    parser.add_argument("out", type=Path, help="the folder to write to")
    parser.add_argument("--quick", action="store_true", help="a worse model in a few minutes")
    parser.add_argument("--testset", action="store_true", help="write the test set instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes that speak"
    )
    given = parser.parse_args(arguments)
    try:
        if given.testset:
            write_testset(given.language, given.out, report=print)
        else:
            effort = QUICK if given.quick else FULL
            said = texts(given.language)
            build(said, given.out, effort, seed=given.seed, jobs=given.jobs, report=print)
    except SpeechError as error:
        parser.exit(1, f"{error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
