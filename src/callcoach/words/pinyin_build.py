"""Makes `pinyin.txt`, the table of Chinese readings, from pypinyin and the word list of jieba.

A tool of the checkout (`python -m callcoach.words.pinyin_build`); nothing of it runs in a call.
Both sources are under the MIT licence and are needed to build the table only. A character's
readings are counted over all words of the list, each word weighted by its frequency and read as
a whole, so that 还 counts as huán in 还款 and as hái in 还有; a reading that stands behind less
than `LEAST_SHARE` of a character's uses is left out.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba
import pypinyin

TABLE = Path(__file__).parent / "pinyin.txt"
LEAST_SHARE = 0.02
ALSO_READ = {
    "还": ("huan2",),
    "還": ("huan2",),
    "了": ("liao3",),
    "得": ("dei3",),
    "地": ("de5",),
    "着": ("zhao2",),
    "觉": ("jiao4",),
    "没": ("mo4",),
    "什": ("shi2",),
    "的": ("di4",),
    "长": ("chang2",),
    "给": ("ji3",),
    "差": ("chai1",),
    "那": ("nei4",),
    "这": ("zhei4",),
    "谁": ("shei2", "shui2"),
    "一": ("yi1", "yao1"),
}
"""Readings that are heard often in speech, however rare they are in the words of the list."""
HEADING = """\
# A syllable and its tone (5: neutral), then the characters that are mostly read so, the most
# frequent first; after "=" those that are also read so, but mostly in another way.
# Made by pinyin_build.py from pypinyin {pypinyin} (MIT) and the word list of jieba {jieba} (MIT).
"""


def list_words() -> Iterator[tuple[str, int]]:
    """Yield the words of jieba's list and how often each was counted."""
    folder = Path(jieba.__file__).parent
    for line in (folder / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        yield word, int(count)


def is_listed(char: str) -> bool:
    """Tell whether a character is of GB 2312 or of the first level of Big5."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        try:
            return "\u4e00" <= char <= "\u9fff" and char.encode("big5")[0] < 0xC9
        except UnicodeEncodeError:
            return False
    return "\u4e00" <= char <= "\u9fff"


def read(word: str) -> list[str]:
    """Return the readings of a word's characters, as `huan2`; of nothing that has none."""
    style = pypinyin.Style.TONE3
    return [
        found[0].replace("ü", "v")
        for found in pypinyin.pinyin(
            word, style=style, neutral_tone_with_five=True, v_to_u=False, errors="ignore"
        )
    ]


def count_readings(words: Iterable[tuple[str, int]]) -> dict[str, Counter[str]]:
    """Return how often each character is read in each way."""
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in words:
        found = read(word)
        if len(found) == len(word):
            for char, reading in zip(word, found, strict=True):
                readings[char][reading] += count
    for char, further in ALSO_READ.items():
        total = readings[char].total()
        for reading in further:
            readings[char][reading] += int(2 * total * LEAST_SHARE) + 1
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        if is_listed(char) and (alone := read(char)):
            readings[char][alone[0]] += 1
    return readings


def lines(readings: dict[str, Counter[str]]) -> Iterator[str]:
    """Yield the lines of the table, in the order of the alphabet."""
    first: dict[str, list[tuple[int, str]]] = defaultdict(list)
    further: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for char, counts in readings.items():
        if not is_listed(char):
            continue
        total = counts.total()
        for rank, (reading, count) in enumerate(counts.most_common()):
            if rank == 0 or count >= LEAST_SHARE * total:
                (further if rank else first)[reading].append((-count, char))
    for reading in sorted(first.keys() | further.keys()):
        own = "".join(char for _, char in sorted(first[reading]))
        others = "".join(char for _, char in sorted(further[reading]))
        yield f"{reading} {own}" + (f"={others}" if others else "")


def main() -> int:
    """Write the table."""
    heading = HEADING.format(pypinyin=pypinyin.__version__, jieba=jieba.__version__)
    text = heading + "\n".join(lines(count_readings(list_words()))) + "\n"
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
