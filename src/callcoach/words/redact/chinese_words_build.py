"""Makes `chinese_words.txt`, common Chinese words that are no names, and how common they are.

A tool of the checkout (`python -m callcoach.words.redact.chinese_words_build LIST`); nothing of it
runs in a call. LIST is the dictionary of jieba, one word a line with how often it was met and its
part of speech.
"""

import sys
from bisect import bisect_right
from collections import defaultdict
from pathlib import Path

from callcoach.words.redact.chinese_tables import GIVEN, SINGLE

TABLE = Path(__file__).with_name("chinese_words.txt")
HEADING = """\
# Common Chinese words: in each line the first character, and behind it what follows, each tier
# after its number: 1 for the rarest. Made by chinese_words_build.py from the dictionary of jieba,
# which is Copyright (c) 2013 Sun Junyi and under the MIT licence (see NOTICE).
"""
_TIERS = (20, 60, 200, 600, 2_000, 6_000, 20_000, 60_000, 200_000)
"""How often a word of each tier was met at least."""
_LEAST_OF_NAME = 100
"""How often a word that the list takes for a name was met, if it is one of two characters."""
_LONGEST = 4


def main(arguments: list[str]) -> int:
    """Write the table."""
    behind: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in sorted(Path(arguments[0]).read_text("utf-8").splitlines()):
        word, count, part = line.split(" ")
        tier = bisect_right(_TIERS, int(count))
        if tier and len(word) <= _LONGEST and _is_taken(word, int(count), part):
            behind[word[0]][tier].append(word[1:])
    rows = (first + _row(tiers) for first, tiers in behind.items())
    TABLE.write_text(HEADING + "\n".join(rows) + "\n", "utf-8")
    return 0


def _row(tiers: dict[int, list[str]]) -> str:
    return "\t".join(" ".join((str(tier), *rest)) for tier, rest in sorted(tiers.items()))


def _is_taken(word: str, count: int, part: str) -> bool:
    """Tell whether a word is hardly anybody's name, though the list may take it for one."""
    if not all("一" <= char <= "鿿" for char in word):
        return False
    if not part.startswith("nr") or len(word) == 1:
        return True
    has_form = word[0] in SINGLE and word[1:] in GIVEN
    return len(word) == 2 and count >= _LEAST_OF_NAME and not has_form


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
