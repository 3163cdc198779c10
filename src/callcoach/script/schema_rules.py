"""Rules and their conditions in the JSON Schema of packs."""

from callcoach.script.rules import Asking, At, Scope, Sound
from callcoach.script.schema_shapes import (
    LANGUAGE,
    PLAIN,
    TEXTS,
    Schema,
    flag,
    one_of,
    table,
    use,
    value,
    values,
)
from callcoach.script.terms import Severity, Speaker

_SHORT_KEYS = ("all", "any", "by", "is", "not", "of")
"""Keys of conditions that look like the code of a language."""
_BESIDE = f"^(?!(?:{'|'.join(_SHORT_KEYS)})$){LANGUAGE.removeprefix('^')}"

_DISTANCE = "5 words, 10s, 3 turns, 2 utterances, 20%; >3 turns: farther than that."
_DISTANCE_ZH = "5字、10秒、3轮、2句、20%；>3轮 表示比这更远。"


def _parts(en: str, zh: str) -> Schema:
    return use("conditions", en, zh)


def _anchor(en: str, zh: str) -> Schema:
    return use("anchor", en, zh)


_NEAR_TO: Schema = {
    "after": _anchor("Only after a hit of this rule.", "只算在这条规则之后的。"),
    "before": _anchor("Only before a hit of this rule.", "只算在这条规则之前的。"),
    "around": _anchor("Only near a hit of this rule.", "只算在这条规则附近的。"),
    "not_after": _anchor("Not after a hit of this rule.", "在这条规则之后的不算。"),
    "not_before": _anchor("Not before a hit of this rule.", "在这条规则之前的不算。"),
}
_CONDITION: Schema = {
    "zh": {**TEXTS, "description": "Phrases in Chinese. 中文短语。"},
    "en": {**TEXTS, "description": "Phrases in English. 英文短语。"},
    "heard": use("phrases", "Phrases, by language.", "短语，按语言写。"),
    "at": one_of(At, "Where in the utterance they stand.", "短语在这句话里的位置。"),
    "margin": value("How many words “at” lets stand outside.", "“at”之外还可以有几个字词。"),
    "sound": one_of(Sound, "How far words may differ.", "发音可以差多少。"),
    "negated": flag("no: “not going to sue” is no hit.", "写 no：被否定的不算。"),
    "rule": values("One of these rules holds.", "符合这些规则之一。"),
    "any": _parts("One of these holds.", "符合其中一个。"),
    "all": _parts("All of these hold.", "全部符合。"),
    "none": _parts("None of these holds.", "一个都不符合。"),
    "at_least": value("So many of the list “of” hold.", "of 里至少符合几个。"),
    "of": _parts("What “at_least” counts.", "at_least 数的条件。"),
    "not": _parts("This does not hold.", "这个不成立。"),
    "near": _parts("These stand close together.", "这些离得很近。"),
    "distance": value(f"How close: {_DISTANCE}", f"多近：{_DISTANCE_ZH}"),
    "ordered": flag("In the order of the list.", "按列出的顺序。"),
    "sequence": {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/$defs/link"},
        "description": "These follow one another. 依次发生。",
    },
    "number": use("number", "A number is said.", "说了一个数。"),
    "regex": values("A regular expression (RE2) is found.", "能搜到的正则表达式（RE2）。"),
    "not_regex": values("None of these is found.", "这些正则都搜不到。"),
    "similar": use("phrases", "A sentence much like these.", "和这些句子很像。"),
    "score": value("How much alike: 0 to 1.", "像到什么程度：0 到 1。"),
    "asks": one_of(Asking, "Something is asked.", "问了一个问题。"),
    "fact": value("What is known before the call is said.", "说了通话前已知的信息项。"),
    "in_part": flag("A part of a name counts.", "只说名字的一部分也算。"),
    "metric": value("A measure of the whole call.", "整个通话的一项指标。"),
    "over": value("More than this.", "大于这个值。"),
    "under": value("Less than this.", "小于这个值。"),
    "attribute": value("A fact, or agent, language.", "信息项，或 agent、language。"),
    "is": values("One of these values.", "等于其中一个。"),
    "is_not": values("None of these values.", "都不等于。"),
    "absent": _parts("Nothing in the call meets this.", "整个通话里都没有。"),
    "by": value("Not until then: 20s.", "到这时还没有：20s。"),
    "speaker": one_of(Speaker, "Who says it.", "谁说的。"),
    "window": value(
        "When: first 30s, last 2 turns, 10-60s, first 20%, past 15s.",
        "什么时候：前30秒、最后2轮、10-60秒、前20%、最近15秒。",
    ),
    "step": values("In these steps.", "在这些步骤里。"),
    "times": value("How often: 2 at least, 1-3, 0-2 at most.", "几次：2 至少两次，1-3，0-2。"),
    **_NEAR_TO,
    "unless": _parts("What takes a hit back.", "出现这些就不算。"),
}
_RULE: Schema = {
    "title": use("wording", "A short name for people.", "给人看的名称。"),
    "labels": values("What labelled data calls it.", "标注数据里的名称。"),
    "scope": one_of(Scope, "For utterances, or for the call.", "针对一句话，还是整个通话。"),
    "severity": one_of(Severity, "How much it matters.", "有多严重。"),
    "weight": value("How much it counts; 1 unless written.", "分量；不写就是 1。"),
    "since": value("The first day: 2026-01-31.", "从哪一天起：2026-01-31。"),
    "until": value("The last day.", "到哪一天为止。"),
    "threshold": value("Hits less sure than this do not count: 0 to 1.", "不到这个把握的不算。"),
    "captures": values("What is kept: amount, day.", "记下什么：amount 金额、day 日期。"),
    "internal": flag("Used by other rules, shown to nobody.", "只供别的规则用，不显示。"),
}

RULES: Schema = {
    "rule": table({**_RULE, **_CONDITION}, patternProperties={_BESIDE: TEXTS}, minProperties=1),
    "condition": table(_CONDITION, patternProperties={_BESIDE: TEXTS}, minProperties=1),
    "conditions": {
        "anyOf": [
            PLAIN,
            {"$ref": "#/$defs/condition"},
            {
                "type": "array",
                "minItems": 1,
                "items": {"anyOf": [TEXTS, {"$ref": "#/$defs/condition"}]},
            },
        ]
    },
    "link": {
        "anyOf": [
            TEXTS,
            table(
                {
                    **_CONDITION,
                    "within": value(
                        f"How long after the one before: {_DISTANCE}",
                        f"离前一个多远：{_DISTANCE_ZH}",
                    ),
                    "absent": flag("It must not come.", "不能出现。"),
                },
                patternProperties={_BESIDE: TEXTS},
                minProperties=1,
            ),
        ]
    },
    "anchor": {
        "anyOf": [
            TEXTS,
            table(
                {
                    "rule": values("The rules.", "规则。"),
                    "within": value(f"How near: {_DISTANCE}", f"多近：{_DISTANCE_ZH}"),
                    "nth": value("Only its first (1), its last (-1).", "只看第几次：1、-1。"),
                },
                ["rule"],
            ),
        ]
    },
    "number": {
        "anyOf": [
            {"const": "any"},
            table(
                {
                    "from": value("At least this.", "至少。"),
                    "to": value("At most this.", "至多。"),
                    "unit": value(
                        "money, percent, day, month...", "money、percent、day、month 等。"
                    ),
                }
            ),
        ]
    },
}
"""To be put among the definitions; `phrases` and `wording` are defined beside them."""
