"""What the readers of speech services share: rows and their lines, labels, turns of words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from callcoach.archive.transcripts.fields import label_of
from callcoach.archive.transcripts.model import MAX_TEXT, Said
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.spoken import Word, is_pause, utterance
from callcoach.archive.transcripts.walk import Listing
from callcoach.errors import Told, TranscriptError

HINT = Told("download the transcript anew")

Time = tuple[float | None, bool]
"""Seconds, and whether a time stands there that is none."""
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Voiced:
    """A word, and whose it is."""

    word: Word
    label: str
    line: int


def check_single(source: Source) -> None:
    """Raise `TranscriptError` where more than one object stands in the text: that many calls."""
    values = source.values
    if len(values) > 1:
        raise several_calls(source, values.lines[1], len(values))


def several_calls(source: Source, line: int, count: int) -> TranscriptError:
    """Return the error of a text that holds `count` calls, the line by which that is seen."""
    return source.error(
        line,
        Told("this file holds {n} calls", n=count),
        Told("save it as .jsonl, one call to a line, and read it as many calls"),
    )


def rows_in(source: Source, held: Row, key: str, line: int = 1) -> Iterator[tuple[Row, int]]:
    """Yield the objects of the list under a key and their lines; none where the key is not there.

    `line` is that of what holds the list. Raises `TranscriptError` for anything but objects.
    """
    listed = held.get(key)
    if listed is None:
        return
    if not isinstance(listed, list):
        raise source.error(line, Told("this JSON has no list called {key}", key=key), HINT)
    lines = listed.lines if isinstance(listed, Listing) else [line] * len(listed)
    for row, at in zip(listed, lines, strict=True):
        if not isinstance(row, Mapping):
            raise source.error(at, Told("this is no utterance"), HINT)
        yield row, at


def text_of(source: Source, value: object, line: int) -> str:
    """Return what was said, without spaces around. Raises `TranscriptError` as `written` does."""
    return written(source, value, line, HINT).strip()


def written(source: Source, value: object, line: int, hint: Told) -> str:
    """Return what was said as it is written.

    Raises `TranscriptError`, with what to do, where it is a list or an object.
    """
    if isinstance(value, (dict, list)):
        raise source.error(line, Told("the text of this utterance is no text"), hint)
    return "" if value is None else str(value)


def numbered(kind: str, value: object) -> str:
    """Return what a voice is called: by its name, and where that is a number, by its kind too."""
    label = label_of(value)
    return f"{kind} {label}" if label.isdecimal() else label


def are_several(values: Iterable[object]) -> bool:
    """Tell whether there is more than one channel among `values`."""
    return len({label for value in values if (label := label_of(value))}) > 1


def worded(
    words: Sequence[Word], line: int, label: str, text: str, times: tuple[Time, Time]
) -> Said:
    """Return an utterance as it is written, with what its words tell beside that."""
    (start, is_start_odd), (end, is_end_odd) = times
    spoken = utterance(words, line, label)
    return replace(
        spoken,
        text=text or spoken.text,
        start=spoken.start if start is None else start,
        end=spoken.end if end is None else end,
        is_odd=is_start_odd or is_end_odd,
        doubts=spoken.doubts if text in ("", spoken.text) else (),
    )


def turns(voiced: Iterable[Voiced], *, are_channels: bool = False) -> Iterator[Said]:
    """Yield what each voice says until another speaks, or until a pause.

    A word without a label goes with the one before it. Channels are heard apart: where their words
    stand among one another, nobody was interrupted by each of them.
    """
    labelled = list(_labelled(voiced))
    if are_channels:
        places = {label: n for n, label in enumerate(dict.fromkeys(it.label for it in labelled))}
        labelled.sort(key=lambda it: places[it.label])
    run: list[Voiced] = []
    for one in labelled:
        if run and (one.label != run[0].label or is_pause(run[-1].word, one.word)):
            yield _turn(run)
            run = []
        run.append(one)
    if run:
        yield _turn(run)


def _labelled(voiced: Iterable[Voiced]) -> Iterator[Voiced]:
    label = ""
    for one in voiced:
        label = one.label or label
        yield one if one.label else replace(one, label=label)


def _turn(run: Sequence[Voiced]) -> Said:
    return utterance([it.word for it in run], run[0].line, run[0].label)


def with_mark(words: list[Voiced], sign: str, place: int = -1) -> None:
    """Put a punctuation mark behind one of `words`, the last unless told; none without words.

    Of what is too long for an utterance anyway no more is kept than shows that.
    """
    if words:
        one = words[place]
        text = (one.word.text + sign.strip())[: MAX_TEXT + 1]
        words[place] = replace(one, word=replace(one.word, text=text))
