"""Writes captions for players: SubRip and WebVTT, in lines that can be read, none over another.

Lines are as long as subtitlers make them: 42 Latin letters or 16 Chinese characters, two at a
time (Netflix Timed Text Style Guides, General Requirements, English and Simplified Chinese).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from callcoach.locale import Messages
from callcoach.words.display import display
from callcoach.words.normalise import is_character
from callcoach.words.wrap import width, wrap, wrap_spans

_LATIN, _CHINESE = 42, 32
"""Cells of a line."""
_LINES = 2
_LEAST = 0.5
"""Seconds for which a caption is shown where there is room."""
_TAGS = str.maketrans("<>{}", "＜＞｛｝")
"""SubRip has no escapes: what players take for a tag becomes its full-width twin."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Caption:
    """Words, and from when to when they are shown."""

    start: float
    end: float
    speaker: str
    """As the reader calls them."""
    text: str
    moments: Sequence[tuple[int, float, float]] = ()
    """Where in the text a word begins, in characters, and when it begins and ends."""


def write_srt(captions: Iterable[Caption], messages: Messages) -> str:
    """Return captions as SubRip, the speaker before the words."""

    def line(speaker: str, words: str) -> str:
        return messages.say("{speaker}: {words}", speaker=display(speaker), words=words)

    blocks: list[str] = []
    short = _short(captions, lambda one: line(one.speaker, ""))
    for number, one in enumerate(_apart(short), 1):
        times = f"{stamp(one.start, ',')} --> {stamp(one.end, ',')}"
        lines = "\n".join(_lines(line(one.speaker, one.text))).translate(_TAGS)
        blocks.append(f"{number}\n{times}\n{lines}\n")
    return "\n".join(blocks)


def write_vtt(captions: Iterable[Caption]) -> str:
    """Return captions as WebVTT, the speaker as a voice; they are parted where SubRip's are."""
    blocks = ["WEBVTT\n"]
    for one in _apart(_short(captions, lambda one: f"{one.speaker}: ")):
        times = f"{stamp(one.start, '.')} --> {stamp(one.end, '.')}"
        lines = "\n".join(_lines(one.text)).translate(_ENTITIES)
        blocks.append(f"{times}\n<v {display(one.speaker).translate(_ENTITIES)}>{lines}</v>\n")
    return "\n".join(blocks)


def stamp(seconds: float, mark: str) -> str:
    """Return `00:00:12.500` with `mark` before the milliseconds."""
    ms = round(seconds * 1000)
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{ms // 1000:02}{mark}{ms % 1000:03}"


def _lines(text: str) -> list[str]:
    return wrap(text, _room(text))


def _room(text: str) -> int:
    return _CHINESE if any(map(is_character, text)) else _LATIN


def _short(captions: Iterable[Caption], label: Callable[[Caption], str]) -> Iterator[Caption]:
    """Yield captions of at most two lines, each with its share of the time.

    `label` is what stands before the words.
    """
    for whole in captions:
        if not (text := display(whole.text).strip()):
            continue
        before = label(whole)
        spans = wrap_spans(text, _room(before + text) - width(before))
        for at in range(0, len(spans), _LINES):
            part = spans[at : at + _LINES]
            begin, end = part[0][0], part[-1][1]
            start, stop = _when(whole, text, begin), _when(whole, text, end, is_end=True)
            yield Caption(start, stop, whole.speaker, text[begin:end])


def _when(whole: Caption, text: str, place: int, *, is_end: bool = False) -> float:
    """Return when a place in the text is said: by its words, else in proportion."""
    if is_end and (before := [end for at, _, end in whole.moments if at < place]):
        return before[-1]
    if not is_end and (after := [start for at, start, _ in whole.moments if at >= place]):
        return after[0]
    share = width(text[:place]) / max(width(text), 1)
    return whole.start + share * (whole.end - whole.start)


def _apart(captions: Iterable[Caption]) -> Iterator[Caption]:
    """Yield captions in order, none before the one before it is over.

    Where two voices speak at once, the first is cut short, but is shown for a moment.
    """
    waiting: Caption | None = None
    for one in sorted(captions, key=lambda it: (it.start, it.end)):
        start = one.start
        if waiting is not None:
            end = max(min(waiting.end, start), waiting.start + _LEAST)
            yield Caption(waiting.start, end, waiting.speaker, waiting.text)
            start = max(start, end)
        waiting = Caption(start, max(one.end, start + _LEAST), one.speaker, one.text)
    if waiting is not None:
        yield waiting
