"""Words that a recogniser is not sure of: they meet what is owed, and accuse nobody."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from callcoach.call.captured import SURE_FROM, Doubt
from callcoach.call.coach import Coach
from callcoach.call.events import CueHeard, Event, FlagRaised, Heard
from callcoach.call.explain import explain_doubt, is_perhaps
from callcoach.call.inputs import Hear, Input
from callcoach.call.session import Session
from callcoach.call.summary import doubted, hearings
from callcoach.locale import Messages
from callcoach.script.model import CueId, Speaker
from tests.call.moves import cue, customer, flag_log, jump, take
from tests.sessions import Call, coach, play
from tests.support import dump, end, minimal, step


@cache
def _coach() -> Coach:
    tree = minimal(
        steps={
            "hello": step("Hello.", on="deal"),
            "deal": step("Deal.", on="bye"),
            "bye": end("Bye."),
        },
        rules={
            "asks": {"speaker": "customer", "heard": "what now"},
            "pays": {"speaker": "agent", "heard": "pay today"},
            "answers": {"sequence": [{"rule": "asks"}, {"rule": "pays", "within": "2 turns"}]},
            "idiot": {"speaker": "agent", "heard": "idiot"},
            "in_one_breath": {"rule": "idiot", "times": "2"},
            "in_the_call": {"scope": "call", "rule": "idiot", "times": "3"},
        },
        cues={
            "greet": cue("good morning", in_="call", times="1-1"),
            "check": cue("your birthday", in_="call", before="purpose"),
            "purpose": cue("your loan", in_="call"),
            "thank": cue("many thanks", in_="call", times="1-2"),
        },
        avoid={
            "threat": cue("sue you"),
            "debt": cue("the debt", until="check"),
            "pushes": {"title": "Pushes", "rule": "answers"},
            "rants": {"title": "Rants", "rule": "in_one_breath"},
            "insists": {"title": "Insists", "rule": "in_the_call"},
        },
    )
    return coach(dump(tree))


def speech(text: str, *doubtful: tuple[str, float], at: float, end: float | None = None) -> Hear:
    """Return words of the agent that a recogniser heard, some of them in doubt."""
    doubts = tuple(
        Doubt(text.index(words), text.index(words) + len(words), sure) for words, sure in doubtful
    )
    return Hear(Speaker.AGENT, text, at - 1.0, end or at, "speech", 0.8, doubts)


def call(*words: Input) -> Call:
    """Return a call in which words were heard, one every ten seconds."""
    return play(_coach(), *((10.0 * (n + 1), given) for n, given in enumerate(words)))


def cues(of: Call, id: str) -> list[CueHeard]:
    """Return every time that a cue was heard."""
    full = f"example.{id}"
    return [event for event in of.events if isinstance(event, CueHeard) and event.cue == full]


SURE = speech("We will sue you.", at=10.0)
UNSURE = speech("We will sue you.", ("sue", 0.44), at=10.0)

FLAGS: tuple[tuple[str, tuple[Input, ...], list[str]], ...] = (
    ("words that are sure are flagged", (SURE,), ["10 + forbidden threat: forbidden"]),
    ("words in doubt are not", (UNSURE,), []),
    ("doubt of other words is none", (speech("We will sue you.", ("will", 0.1), at=10.0),),
     ["10 + forbidden threat: forbidden"]),
    ("said again for sure, they are", (UNSURE, speech("I said we sue you.", at=20.0)),
     ["20 + forbidden threat: forbidden"]),
    ("for sure in the same breath, they are",
     (speech("Sue you, sue you.", ("Sue you", 0.3), at=10.0),),
     ["10 + forbidden threat: forbidden"]),
    ("what comes too early is not flagged in doubt",
     (speech("About the debt.", ("debt", 0.5), at=10.0),), []),
    ("and is where it is sure", (speech("About the debt.", at=10.0),),
     ["10 + out_of_order debt: too_early"]),
    ("doubtful words put nothing out of order",
     (speech("It is your loan.", ("loan", 0.5), at=10.0),), []),
    ("sure words do", (speech("It is your loan.", at=10.0),),
     ["10 + out_of_order check: comes_first"]),
    ("doubtful words repeat nothing",
     (speech("Good morning.", at=10.0), speech("Good morning.", ("Good", 0.5), at=20.0)), []),
    ("sure words do repeat", (speech("Good morning.", at=10.0), speech("Good morning.", at=20.0)),
     ["20 + repeated greet: too_often"]),
    ("a doubtful repeat counts for nothing",
     (speech("Many thanks.", at=10.0), speech("Many thanks.", ("Many", 0.5), at=20.0),
      speech("Many thanks.", at=30.0)), []),
    ("nor does the first time, where it was in doubt",
     (speech("Good morning.", ("Good", 0.5), at=10.0), speech("Good morning.", at=20.0)), []),
    ("but the second for sure",
     (speech("Good morning.", ("Good", 0.5), at=10.0), speech("Good morning.", at=20.0),
      speech("Good morning.", at=30.0)), ["30 + repeated greet: too_often"]),
    ("a sure one does",
     (speech("Many thanks.", at=10.0), speech("Many thanks.", at=20.0),
      speech("Many thanks.", at=30.0)), ["30 + repeated thank: too_often"]),
    ("said twice in one breath is twice", (speech("Idiot. You idiot.", at=10.0),),
     ["10 + forbidden rants: forbidden"]),
    ("once of it in doubt, it is not",
     (speech("Idiot. You idiot.", ("Idiot", 0.5), at=10.0),), []),
    ("unless it is twice for sure besides",
     (speech("Idiot. You idiot, idiot.", ("Idiot", 0.5), at=10.0),),
     ["10 + forbidden rants: forbidden"]),
    ("three times in a call",
     (speech("Idiot.", at=10.0), speech("Idiot.", at=20.0), speech("Idiot.", at=30.0)),
     ["30 + forbidden insists: forbidden"]),
    ("one of them in doubt",
     (speech("Idiot.", at=10.0), speech("Idiot.", ("Idiot", 0.5), at=20.0),
      speech("Idiot.", at=30.0)), []),
    ("a rule that rests on doubtful words of others",
     (customer("What now?"), speech("Pay today.", at=20.0)),
     ["20 + forbidden pushes: forbidden"]),
    ("accuses nobody",
     (Hear(Speaker.CUSTOMER, "What now?", 9.0, 10.0, "speech", 0.5, (Doubt(0, 4, 0.5),)),
      speech("Pay today.", at=20.0)), []),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "words", "flags"), FLAGS)
def test_words_in_doubt_accuse_nobody(
    claim: str, words: tuple[Input, ...], flags: list[str]
) -> None:
    assert flag_log(call(*words).events) == flags, claim


def test_it_is_written_down_that_they_were_perhaps_heard() -> None:
    made = call(UNSURE)
    (heard,) = cues(made, "threat")
    assert (heard.is_doubtful, heard.counts, heard.confidence) == (True, False, 0.44)
    assert made.state.cue(CueId("example.threat")).count == 0
    (sure,) = cues(call(SURE), "threat")
    assert (sure.is_doubtful, sure.counts, sure.confidence) == (False, True, 1.0)


def test_the_least_sure_word_counts() -> None:
    made = call(speech("We will sue you.", ("sue", 0.6), ("you", 0.2), at=10.0))
    assert [heard.confidence for heard in cues(made, "threat")] == [0.2]


def test_what_is_owed_is_met_by_words_in_doubt() -> None:
    """Who has said it should not be told to say it again because a line was noisy."""
    made = call(speech("Good morning.", ("morning", 0.3), at=10.0))
    (heard,) = cues(made, "greet")
    assert (heard.is_doubtful, heard.counts, heard.confidence) == (True, True, 0.3)
    assert CueId("example.greet") not in {owed.cue.id for owed in made.session.owed()}


def test_they_clear_a_flag() -> None:
    made = call(jump("deal"), speech("It is your loan.", at=20.0))
    made.feed(30.0, speech("Your birthday, please.", ("birthday", 0.4), at=30.0))
    assert flag_log(made.events) == [
        "20 + out_of_order check: comes_first",
        "30 - check: said".replace("check", "out_of_order check"),
    ]


def test_summaries_tell_of_them_apart_from_what_was_said() -> None:
    made = call(UNSURE, speech("Good morning.", ("Good", 0.5), at=20.0), take("on"))
    script, transcript = made.session.coach.script, made.session.transcript
    (found,) = doubted(made.events, transcript, script)
    assert found.words is not None
    assert (found.event.cue, found.words.words) == ("example.threat", "sue you")
    assert [it.event.cue for it in hearings(made.events, transcript)] == ["example.greet"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_explained_why_they_were_not_flagged(language: str) -> None:
    script = _coach().script
    (heard,) = cues(call(UNSURE), "threat")
    told = explain_doubt(heard, script, language, Messages(language))
    assert "Sue you" in told
    assert "44%" in told
    assert is_perhaps(heard, script)
    assert not is_perhaps(cues(call(SURE), "threat")[0], script)


# Live and offline


WORDS = ("good morning", "your birthday", "your loan", "sue you", "the debt", "pay today", "well")
UTTERANCES = st.lists(
    st.tuples(
        st.sampled_from((Speaker.AGENT, Speaker.CUSTOMER)),
        st.lists(
            st.tuples(st.sampled_from((*WORDS, "what now")), st.floats(0, 1)),
            min_size=1,
            max_size=4,
        ),
    ),
    max_size=8,
)
"""Who said what, and how sure the recogniser was of each part."""


def _heard(utterances: list[tuple[Speaker, list[tuple[str, float]]]]) -> list[Hear]:
    """Return utterances as a recogniser has them, with the parts in doubt that it is unsure of."""
    heard: list[Hear] = []
    for number, (speaker, parts) in enumerate(utterances):
        text, doubts = "", []
        for words, sure in parts:
            start = len(text) + (1 if text else 0)
            text = f"{text} {words}".strip()
            if sure < SURE_FROM:
                doubts.append(Doubt(start, len(text), sure))
        at = 5.0 * (number + 1)
        heard.append(Hear(speaker, text, at - 2.0, at, "speech", 0.5, tuple(doubts)))
    return heard


FEWER = settings(max_examples=settings().max_examples // 2)


@FEWER
@given(UTTERANCES)
def test_live_is_offline(utterances: list[tuple[Speaker, list[tuple[str, float]]]]) -> None:
    """A call taken up after every utterance, and its transcript, say the same as the live one."""
    heard = _heard(utterances)
    live = play(_coach(), *((given.end or 0.0, given) for given in heard))
    events = list(play(_coach()).events)
    for given_words in heard:
        session = Session(_coach(), events)
        events += session.feed(given_words, given_words.end or 0.0)
    assert events == live.events
    rows = [(hear.end or 0.0, _transcribed(hear)) for hear in heard]
    assert list(map(_sourceless, play(_coach(), *rows).events)) == list(
        map(_sourceless, live.events)
    )


def _transcribed(given: Hear) -> Hear:
    return Hear(given.speaker, given.text, given.start, given.end, "transcript", 0.5, given.doubts)


def _sourceless(event: Event) -> Event:
    return structs.replace(event, source="") if isinstance(event, Heard) else event


@FEWER
@given(UTTERANCES)
def test_doubts_take_flags_away_and_add_none_but_of_what_is_missing(
    utterances: list[tuple[Speaker, list[tuple[str, float]]]],
) -> None:
    heard = _heard(utterances)
    certain = [Hear(it.speaker, it.text, it.start, it.end, "speech") for it in heard]
    unsure, sure = (
        {
            (event.what, event.cue, event.at)
            for event in play(_coach(), *((it.end or 0.0, it) for it in words)).events
            if isinstance(event, FlagRaised)
        }
        for words in (heard, certain)
    )
    assert unsure <= sure
