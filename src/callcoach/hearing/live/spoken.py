"""Tells which of the lines that are to be said were said aloud, and what was written down twice.

A line is taken for said where enough of its words were heard in their order: nobody says a line
word for word, and no recogniser hears every word.
"""

import re

from callcoach.call.session import Session
from callcoach.hearing.measuring.error_rate import align, units
from callcoach.script.model import LineId, Speaker

_ENOUGH = 0.6
"""The share of a line's words that makes it said."""
_FEWEST = 3
"""Words, below which two utterances may be alike by chance."""
_TOGETHER = 0.2
"""Seconds in which an utterance and the step that it led to follow one another."""
_GAP = re.compile(
    r"【[^】]*】|\[[^\]]*\]|\{[^{}]*\}|[_＿]{2,}|\*{2,}|(?<![a-zA-Z])(?:[xX]{2,}|[×Ｘ]{2,})(?![a-zA-Z])"
)
"""What stands for words to fill in: a fact that is not known, by its name; XX先生, {name}."""
_FILLED = 6
"""Words that stand in for one of these, at most."""
_NEAR = 8.0
"""Seconds between saying a line and pressing the key for it, before or after."""


def spoken_lines(session: Session) -> frozenset[LineId]:
    """Return the offered lines that the agent was heard to say since they are offered."""
    since = session.state.offered_at - _TOGETHER
    heard: list[str] = []
    for said in reversed(session.transcript):
        if said.at < since:
            break
        if said.speaker is Speaker.AGENT and said.source == "speech":
            heard[:0] = units(said.text)
    if not heard:
        return frozenset()
    return frozenset(
        id
        for id, rendered in session.lines()
        if _share(units(_GAP.sub(" ", rendered.text)), heard) >= _ENOUGH
    )


def is_written_already(session: Session, text: str, end: float) -> bool:
    """Tell whether the agent's key has written down as a line what was heard now.

    `end` is when the words ended, in seconds since the call began.
    """
    words = units(text)
    if len(words) < _FEWEST:
        return False
    for said in reversed(session.transcript):
        if said.at < end - _NEAR:
            return False
        is_near = said.source == "line" and said.at <= end + _NEAR
        if is_near and (_is_of(words, said.text) or _fills(words, said.text)):
            return True
    return False


def _is_of(words: tuple[str, ...], line: str) -> bool:
    """Tell whether most of some words are of a line."""
    return _share(words, units(line)) >= _ENOUGH


def _fills(words: tuple[str, ...], line: str) -> bool:
    """Tell whether words are a line with its gaps filled in."""
    plain, gaps = _GAP.subn(" ", line)
    wanted = units(plain)
    if not gaps or len(wanted) < _FEWEST or len(words) > len(wanted) + gaps * _FILLED:
        return False
    return _share(wanted, words) >= _ENOUGH


def _share(wanted: tuple[str, ...], heard: list[str] | tuple[str, ...]) -> float:
    """Return how much of some words was heard, in their order."""
    if not wanted:
        return 0.0
    errors = align(wanted, heard)
    return 1 - (errors.lost + errors.replaced) / len(wanted)
