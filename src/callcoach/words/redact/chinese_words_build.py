"""Makes `chinese_words.txt`, the beginnings of common Chinese words that are no names.

A tool of the checkout (`python -m callcoach.words.redact.chinese_words_build LIST`); nothing of it
runs in a call. LIST is the dictionary of jieba, one word a line with how often it was met and its
part of speech.
"""

import sys
from collections import defaultdict
from pathlib import Path

TABLE = Path(__file__).with_name("chinese_words.txt")
HEADING = """\
# Common Chinese words: in each line the first character, and behind it every second one of those of
# two and three characters; made by chinese_words_build.py from the dictionary of jieba, which
# is Copyright (c) 2013 Sun Junyi and under the MIT licence (see NOTICE).
"""
_OFTEN = 50
"""How often a word was met that is taken."""


def main(arguments: list[str]) -> int:
    """Write the table."""
    behind: dict[str, set[str]] = defaultdict(set)
    for line in Path(arguments[0]).read_text("utf-8").splitlines():
        word, count, part = line.split(" ")
        if 2 <= len(word) <= 3 and int(count) >= _OFTEN and not part.startswith("nr"):
            behind[word[0]].add(word[1])
    rows = (first + "".join(sorted(seconds)) for first, seconds in sorted(behind.items()))
    TABLE.write_text(HEADING + "\n".join(rows) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
