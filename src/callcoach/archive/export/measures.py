"""Says what was measured about a call."""

from collections.abc import Iterator

from callcoach.archive.export.blocks import Item
from callcoach.archive.export.lengths import lasting
from callcoach.call.listened import Listened
from callcoach.call.metrics import Metrics, VoiceMetrics
from callcoach.call.names import closed_name
from callcoach.locale import Messages

_MIN_TALK = 1.0
"""Seconds of talk without which a speech rate means nothing."""


def measures(
    metrics: Metrics, messages: Messages, listened: Listened | None = None
) -> Iterator[Item]:
    """Yield the measures of a call; the times only where they were measured."""
    heard = () if listened is None else _heard(listened, messages)
    for label, value in (
        *heard,
        *_times(metrics, messages),
        (messages.say("Turns"), str(metrics.turns)),
        *_voice(metrics, metrics.agent, messages.say("Agent"), messages),
        *_voice(metrics, metrics.customer, messages.say("Customer"), messages),
    ):
        yield Item(messages.say("{label}:", label=label), value)


def _heard(listened: Listened, messages: Messages) -> Iterator[tuple[str, str]]:
    """Yield how much of a call was heard by machine, and why not the rest."""
    say = messages.say
    yield say("Heard by machine"), f"{listened.share:.0%}"
    for reason, seconds in listened.closed.items():
        if seconds < 1.0:  # as when the recording ends a little before the call
            continue
        time, why = lasting(seconds, messages), closed_name(reason, messages)
        yield say("Not listened to"), say("{time} ({why})", time=time, why=why)
    if listened.missed:
        yield say("Missed"), lasting(listened.missed, messages)


def _times(metrics: Metrics, messages: Messages) -> Iterator[tuple[str, str]]:
    if not metrics.is_timed:
        yield messages.say("Times"), messages.say("not measured")
        return
    if metrics.talk_ratio is not None:
        yield messages.say("Talk ratio of the agent"), f"{metrics.talk_ratio:.0%}"
    yield messages.say("Non-talk time"), lasting(metrics.non_talk, messages)
    yield messages.say("Longest silence"), lasting(metrics.longest_non_talk, messages)
    yield messages.say("Overtalk"), lasting(metrics.overtalk, messages)
    yield messages.say("On hold"), lasting(metrics.hold, messages)


def _voice(
    metrics: Metrics, voice: VoiceMetrics, who: str, messages: Messages
) -> Iterator[tuple[str, str]]:
    """Yield what one voice did, in one line."""
    say, count = messages.say, messages.count
    parts = [
        count("{n} utterance", "{n} utterances", voice.utterances),
        count("{n} question", "{n} questions", voice.questions),
    ]
    if metrics.is_timed:
        parts.append(say("talk time {time}", time=lasting(voice.talk_time, messages)))
        parts.append(count("{n} interruption", "{n} interruptions", voice.interruptions))
        parts += _pace(voice, messages)
        if voice.response_gap is not None:
            gap = lasting(voice.response_gap, messages)
            parts.append(say("answers after {time} on average", time=gap))
    joined = parts[0]
    for part in parts[1:]:
        joined = say("{one}, {other}", one=joined, other=part)
    yield who, joined


def _pace(voice: VoiceMetrics, messages: Messages) -> Iterator[str]:
    """Yield the speech rate, in the unit of what was spoken more: words or characters."""
    if voice.talk_time < _MIN_TALK:
        return
    words, characters = voice.words_per_minute, voice.characters_per_minute
    if characters is not None and voice.characters > voice.words:
        yield messages.say("{n} characters a minute", n=round(characters))
    elif words is not None:
        yield messages.say("{n} words a minute", n=round(words))
