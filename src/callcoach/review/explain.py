"""Says in a sentence why an answer is suggested, and what an answer brought about."""

from callcoach.call.explain import Phrasebook, cue_title
from callcoach.errors import listed
from callcoach.locale import mark
from callcoach.review.form.model import Fails
from callcoach.review.marks import Evidence
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, CueKind, FlagKind, OutcomeId, Script, Severity
from callcoach.script.wording import Language

_SENTENCES = {
    "cue_heard": mark("“{subject}” was said."),
    "cue_by_model": mark("“{subject}” was said, in the judgement of the learned judge."),
    "cue_ticked": mark("“{subject}” was ticked by hand."),
    "cue_unkept": mark("“{subject}” was met by words that are not kept."),
    "cue_missing": mark("“{subject}” was due and was not said."),
    "cue_unknown": mark("The script knows no cue “{subject}”."),
    "in_doubt": mark(
        "“{subject}” was perhaps said: the recogniser was {value} sure of the words. Listen there."
    ),
    "step_passed_by": mark("The call went past where “{subject}” is due, and it was said nowhere."),
    "step_not_reached": mark("The call did not come to where “{subject}” is due."),
    "voice_not_heard": mark("The voice that “{subject}” is about was not heard."),
    "not_listened": mark(
        "Nothing was listened to when “{subject}” could have been said, so it may have been."
    ),
    "partly_heard": mark("Only {value} of the call was heard: too little to judge “{subject}” by."),
    "flag_repaired": mark("“{subject}” was flagged and put right afterwards."),
    "not_flagged": mark("“{subject}” was not flagged; {value} of the call was heard."),
    "measured": mark("{subject} is {value}."),
    "not_measured": mark("{subject} was not measured in this call."),
    "attribute_is": mark("{subject} is {value}."),
    "attribute_unknown": mark("Nobody knows of {subject} in this call."),
}
_OF_SIGNS = {
    "cue_heard": mark("“{subject}” was heard."),
    "cue_missing": mark("“{subject}” was not heard."),
}
"""Of what nobody has to say: it is heard or not."""
_FLAGS = {
    FlagKind.FORBIDDEN: mark("“{subject}” was said and may not be."),
    FlagKind.OUT_OF_ORDER: mark("“{subject}” came in the wrong order."),
    FlagKind.MISSING: mark("“{subject}” was due and was not said."),
    FlagKind.REPEATED: mark("“{subject}” was said too often."),
    FlagKind.LATE: mark("“{subject}” was said too late."),
}
_TIMES = ("talk_time", "response_gap")
_SEVERITIES = {
    Severity.CRITICAL: mark("a critical cue"),
    Severity.MAJOR: mark("a major cue"),
    Severity.MINOR: mark("a minor cue"),
}
_ATTRIBUTES = {
    "outcome": mark("The outcome"),
    "agent": mark("The agent"),
    "mode": mark("The kind of call"),
    "language": mark("The language"),
    "pack": mark("The pack"),
}
_MEASURES = {
    "duration": mark("Duration"),
    "talk_ratio": mark("Talk ratio (agent)"),
    "non_talk": mark("Non-talk time"),
    "non_talk_share": mark("Share of non-talk time"),
    "longest_non_talk": mark("Longest non-talk time"),
    "overtalk": mark("Overtalk"),
    "hold": mark("Time on hold"),
    "turns": mark("Turns"),
    "agent.utterances": mark("Utterances (agent)"),
    "agent.talk_time": mark("Talk time (agent)"),
    "agent.interruptions": mark("Interruptions (agent)"),
    "agent.questions": mark("Questions (agent)"),
    "agent.response_gap": mark("Response gap (agent)"),
    "agent.words_per_minute": mark("Words a minute (agent)"),
    "agent.characters_per_minute": mark("Characters a minute (agent)"),
    "customer.utterances": mark("Utterances (customer)"),
    "customer.talk_time": mark("Talk time (customer)"),
    "customer.interruptions": mark("Interruptions (customer)"),
    "customer.questions": mark("Questions (customer)"),
    "customer.response_gap": mark("Response gap (customer)"),
    "customer.words_per_minute": mark("Words a minute (customer)"),
    "customer.characters_per_minute": mark("Characters a minute (customer)"),
}
SHARES = frozenset(("talk_ratio", "non_talk_share"))
"""Measures from 0 to 1, told in percent."""
_SECONDS = frozenset(
    (
        *("duration", "non_talk", "longest_non_talk", "overtalk", "hold"),
        *(f"{side}.{name}" for side in ("agent", "customer") for name in _TIMES),
    )
)
_FAILS = {
    Fails.QUESTION: mark("This answer takes all points of the question."),
    Fails.SECTION: mark("This answer takes all points of the section."),
    Fails.FORM: mark("This answer fails the whole form."),
}
_OF_SHARES = frozenset(("in_doubt", "partly_heard", "not_flagged"))
"""Reasons whose value is a share, 0 to 1."""


def explain_evidence(
    evidence: Evidence, script: Script, language: Language, messages: Phrasebook
) -> str:
    """Return in one sentence why an answer is suggested.

    Cues and facts go by their titles in `language`. A reason of a newer callcoach is told by what
    it is about.
    """
    sentence = _SENTENCES.get(evidence.reason)
    if evidence.reason == "flagged" and evidence.value in list(FlagKind):
        sentence = _FLAGS[FlagKind(evidence.value)]
    cue = script.cues.get(CueId(evidence.subject))
    if cue is not None and cue.kind is CueKind.WATCH:
        sentence = _OF_SIGNS.get(evidence.reason, sentence)
    subject = subject_titles(evidence.subject, script, language, messages)
    value = evidence.value
    if sentence is None:
        return f"{subject} {value}".strip()
    if evidence.reason in _OF_SHARES:
        value = f"{float(value):.0%}"
    elif evidence.reason == "measured":
        value = figure_words(float(evidence.value), evidence.subject, messages)
    elif evidence.reason == "attribute_is":
        value = _value(evidence, script, language)
    return messages.say(sentence, subject=subject, value=value)


def explain_fail(fails: Fails, messages: Phrasebook) -> str:
    """Return in one sentence what an answer brings down."""
    return messages.say(_FAILS[fails])


def measure_title(name: str, messages: Phrasebook) -> str:
    """Return what a measure is called."""
    return messages.say(_MEASURES[name]) if name in _MEASURES else name


def subject_titles(
    subject: str, script: Script | None, language: Language, messages: Phrasebook
) -> str:
    """Return what evidence is about, in words: cues, severities, a measure or an attribute.

    Several are joined by commas in `subject`; without a script cues and facts go by their ids.
    """
    if subject in _ATTRIBUTES:
        return messages.say(_ATTRIBUTES[subject])
    if subject in _MEASURES:
        return measure_title(subject, messages)
    fact = script.facts.get(FactId(subject)) if script else None
    if fact is not None:
        return fact.title.plain(language) or subject
    titles = [_title(one, script, language, messages) for one in subject.split(",")]
    return messages.say(listed(titles))


def _title(one: str, script: Script | None, language: Language, messages: Phrasebook) -> str:
    if one in list(Severity):
        return messages.say(_SEVERITIES[Severity(one)])
    return cue_title(script, CueId(one), language) if script else one


def figure_words(number: float, measure: str, messages: Phrasebook) -> str:
    """Return what was measured, with its unit; shares in percent, all else as a plain number."""
    if measure in SHARES:
        return f"{number:.0%}"
    plain = f"{number:.12g}"
    return messages.say("{n} s", n=plain) if measure in _SECONDS else plain


def _value(evidence: Evidence, script: Script, language: Language) -> str:
    """Return the value of an attribute, in words where the script has some."""
    outcome = script.outcomes.get(OutcomeId(evidence.value))
    if evidence.subject == "outcome" and outcome is not None:
        return outcome.title.plain(language)
    fact = script.facts.get(FactId(evidence.subject))
    choice = fact.choices.get(evidence.value) if fact is not None else None
    return choice.plain(language) if choice is not None else evidence.value
