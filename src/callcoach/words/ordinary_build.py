"""Makes `ordinary.txt`, the common English words that are no names, from a spelling word list.

A tool of the checkout (`python -m callcoach.words.ordinary_build LIST`); nothing of it runs in a
call. LIST is the small American list of SCOWL, one word a line, as Debian packs it in
wamerican-small. Taken are its lower-case words of two letters and more, without those that
`callcoach.words.ordinary` derives from another.
"""

import sys
import textwrap
from pathlib import Path

from callcoach.words.ordinary import stems

TABLE = Path(__file__).parent / "ordinary.txt"
HEADING = """\
# Common English words, in the order of the alphabet; made by ordinary_build.py from the small
# American list of SCOWL: copyright 2000-2011 by Kevin Atkinson; permission to use, copy, modify,
# distribute and sell these word lists for any purpose is granted without fee, provided that this
# notice appears in all copies. They are provided "as is" without express or implied warranty.
"""


def main(arguments: list[str]) -> int:
    """Write the table."""
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    words = {word for word in lines if word.isascii() and word.isalpha() and word.islower()}
    words = {word for word in words if len(word) > 1}
    kept = sorted(word for word in words if not any(stem in words for stem in stems(word)))
    rows = textwrap.wrap(" ".join(kept), 100, break_on_hyphens=False)
    TABLE.write_text(HEADING + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
