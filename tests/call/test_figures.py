"""What rules and tables are told of a call's measures, where they were measured and where not."""

from callcoach.call.events import Heard
from callcoach.call.metrics import figures, measure
from callcoach.script.model import Speaker


def said(speaker: Speaker, start: float, end: float, source: str) -> Heard:
    """Return an utterance; `seq` does not matter to a measure."""
    return Heard(seq=1, at=end, speaker=speaker, text="Yes.", start=start, end=end, source=source)


def test_what_was_not_measured_is_no_figure_of_nought() -> None:
    names = ("non_talk", "overtalk", "agent.talk_time", "customer.interruptions")
    typed, timed = (
        figures(measure([said(Speaker.AGENT, 0, 3, by), said(Speaker.CUSTOMER, 4, 6, by)]))
        for by in ("typed", "speech")
    )
    assert [typed.get(name) for name in (*names, "non_talk_share")] == [None] * 5
    assert [timed[name] for name in names] == [1, 0, 3, 0]
    assert (typed["turns"], typed["hold"], typed["agent.utterances"]) == (2, 0, 1)
