"""A pack's judges are taught by many writers, measured on others, kept where they are better."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from callcoach.call.evaluate.gold import LabelledCall, Mark, Utterance
from callcoach.call.learned import features, rule_feature
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener
from callcoach.call.rules.talk import Said
from callcoach.call.taught import opinions_on
from callcoach.review.learning.brought import Taught, Vocabulary, teach_pack
from callcoach.review.learning.examples import collect
from callcoach.script.judges import Judge
from callcoach.script.model import Script, Speaker
from callcoach.script.rules import RuleId
from callcoach.script.wording import Language
from tests.support import minimal, script_of

THANKS = RuleId("example.thanks")
OWN: Mapping[Language, Sequence[str]] = {
    "en": ("much obliged", "we are much obliged to you", "much obliged, that is all"),
    "zh": ("有劳您了", "真是有劳", "有劳了，就这样"),
}
USUAL = {"en": "thank you for that", "zh": "谢谢您"}
NEITHER = {
    "en": ("what happened", "I will check it", "we can wait", "who is speaking", "that is fine"),
    "zh": ("怎么了", "我查一下", "可以等等", "您是哪位", "没问题"),
}


def script() -> Script:
    """Return a script in both languages whose rule `thanks` knows the usual words."""
    heard = {"en": ["(thank you|thanks)"], "zh": ["谢谢"]}
    tree = minimal(
        languages=["en", "zh"],
        title={"en": "Example", "zh": "示例"},
        rules={"thanks": {"labels": "thanks", "heard": heard}},
    )
    return script_of({**tree, **BILINGUAL})


BILINGUAL = {
    "steps": {
        "hello": {
            "title": {"en": "Hello", "zh": "您好"},
            "say": {"hi": {"en": "Good morning.", "zh": "早上好。"}},
            "outcome": "done",
        },
    },
    "outcomes": {"done": {"code": "DONE", "title": {"en": "Done", "zh": "完成"}}},
}


def calls(*languages: Language, own: Sequence[str] = ("a", "b", "c", "d")) -> list[LabelledCall]:
    """Return ten calls by each of four writers; `own` thank otherwise half the time."""
    random = Random(3)
    return [
        call
        for language in languages
        for writer in "abcd"
        for call in _calls_of(writer, language, random, is_own=writer in own)
    ]


def _calls_of(
    writer: str, language: Language, random: Random, *, is_own: bool
) -> Iterator[LabelledCall]:
    for number in range(10):
        said = [(random.choice(NEITHER[language]), False) for _ in range(random.randint(4, 7))]
        words = random.choice(OWN[language]) if is_own and number % 2 else USUAL[language]
        said.insert(random.randint(0, len(said)), (words, True))
        utterances = tuple(
            Utterance(
                Speaker.AGENT, text, at * 2.0, at * 2.0 + 1, frozenset(["thanks"] if is_it else [])
            )
            for at, (text, is_it) in enumerate(said)
        )
        scope = frozenset((Mark("thanks", Speaker.AGENT),))
        yield LabelledCall(f"{writer}{number}", f"{language}-{writer}", language, utterances, scope)


def always(_: Language, label: str) -> bool:
    assert label == "thanks"
    return True


def taught(*languages: Language, own: Sequence[str] = "abcd") -> dict[Language, Taught]:
    """Return what comes of teaching, by language."""
    made = teach_pack(script(), calls(*languages, own=own), always)
    return {one[0]: one for one in made}


def test_a_judge_learns_what_writers_share_and_the_rule_has_not() -> None:
    _, lesson, judge = taught("en")["en"]
    assert (lesson.there, lesson.calls, lesson.of_rule.misses) == (40, 40, 20)
    assert lesson.of_judge.misses == lesson.of_judge.extras == 0
    assert judge is not None
    assert judge.gain == pytest.approx(lesson.gain.value or 0, abs=1e-6)
    assert judge.calls == 40
    assert judge.weights["obliged"] > 0


def test_the_same_calls_teach_the_same_judges() -> None:
    assert taught("en", "zh") == taught("en", "zh")


def test_what_one_writer_alone_says_teaches_nothing_that_is_kept() -> None:
    """On the writers that it was not taught by, such a judge is no better than the rule."""
    _, lesson, judge = taught("en", own="a")["en"]
    assert lesson.of_rule.misses == 5
    assert lesson.of_judge.misses == 5
    assert judge is None


def test_a_judge_is_kept_for_the_languages_in_which_it_is_better() -> None:
    both = [
        *(call for call in calls("en", "zh") if call.language == "zh"),
        *calls("en", own=()),
    ]
    kept = {language: judge for language, _, judge in teach_pack(script(), both, always)}
    assert kept.keys() == {"en", "zh"}
    assert kept["en"] is None
    assert kept["zh"] is not None


def test_a_language_that_is_not_to_be_judged_or_has_too_few_labels_has_no_judge() -> None:
    some = calls("en", "zh")
    asked = list(teach_pack(script(), some, lambda language, _: language == "zh"))
    assert [language for language, _, _ in asked] == ["zh"]
    few = [call for call in some if call.language == "en" or call.id in ("a0", "b0", "c0")]
    assert [language for language, _, _ in teach_pack(script(), few, always)] == ["en"]


def test_what_a_rule_finds_stands_though_it_be_wrong() -> None:
    """Whatever speaks against it: nothing is taken back, and the measure tells so."""
    wrong = Utterance(Speaker.AGENT, "no thanks to the bank", 40.0, 41.0)
    some = [replace(call, utterances=(*call.utterances, wrong)) for call in calls("en")]
    ((_, lesson, judge),) = teach_pack(script(), some, always)
    assert lesson.of_rule.extras == lesson.of_judge.extras == len(some)
    assert judge is not None
    assert judged(judge, wrong.text) == [("rule", "thanks")]


def test_what_is_rare_is_no_feature() -> None:
    (examples,) = collect(script(), calls("en")[:4]).values()
    known = Vocabulary(examples)
    counts: dict[str, int] = {}
    for one in examples:
        for feature in set(features(one.heard)):
            counts[feature] = counts.get(feature, 0) + 1
    assert known.features == sorted(feature for feature, count in counts.items() if count >= 3)
    assert {known(feature) for feature, count in counts.items() if count < 3} == {None}
    assert [known(feature) for feature in known.features] == [*range(len(known.features))]


def judged(judge: Judge, text: str) -> list[tuple[str, str]]:
    """Return by whom and by which words an utterance is thanks."""
    with_judge = replace(script(), judges={"en": {THANKS: judge}})
    listener = Listener(Ruleset(with_judge.rules), opinions=opinions_on(with_judge))
    hits = listener.hear(Said(Speaker.AGENT, text, 0.0, 1.0))
    return [(hit.by, text[hit.start : hit.end]) for hit in hits]


def test_what_was_taught_judges_as_it_was_measured() -> None:
    _, _, judge = taught("en", "zh")["en"]
    assert judge is not None
    for text in OWN["en"]:
        ((by, words),) = judged(judge, text)
        assert by == "model"
        assert "obliged" in words
    assert judged(judge, USUAL["en"]) == [("rule", "thank you")]
    assert [judged(judge, text) for text in NEITHER["en"]] == [[]] * len(NEITHER["en"])


def test_the_rule_s_own_weight_is_above_all_that_can_speak_against_it() -> None:
    _, _, judge = taught("en")["en"]
    assert judge is not None
    against = sum(weight for weight in judge.weights.values() if weight < 0)
    own = judge.weights[rule_feature(THANKS)]
    assert judge.bias + (own + against) * judge.scale > 0
