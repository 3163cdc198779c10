"""The pack format as a JSON Schema, so that an editor completes keys and explains them.

It is kept by hand beside the reader in `script.load`; a test compares the two. What no schema can
say (ids that exist, steps that can be reached) is said by `script.check`.
"""

from callcoach.script.facts import DaySide, FactKind
from callcoach.script.model import FlagKind, Severity, Speaker
from callcoach.script.schema_rules import RULES
from callcoach.script.schema_shapes import (
    PLAIN,
    TEXTS,
    Schema,
    by_language,
    flag,
    named,
    one_of,
    table,
    use,
    value,
    values,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_WHEN = value(
    "Only where this holds: facts, ==, !=, <, <=, >, >=, and, or, not.",
    "条件：成立时才有效，例如 amount_due > 1000 and not paid。",
)
_SAY = use("say", "What to say, each line under its id.", "要说的话，每句一个编号。")
_ASKS = values("Facts to find out here.", "在这里要问清的信息项。")
_HEARD = use("heard", "Phrases that tell of it, by language.", "听到哪些话就算，按语言写。")
_TITLE = use("wording", "A short name for people.", "给人看的名称。")
_NOTE = use("wording", "For the agent's eyes; never spoken.", "给坐席看的提示，不念出来。")

_STEP: Schema = {
    "title": _TITLE,
    "use": value(
        "A step whose lines, cues and exits this one takes over.",
        "沿用另一步骤的台词、要点和出口，例如 courtesy.greeting。",
    ),
    "note": _NOTE,
    "say": _SAY,
    "asks": _ASKS,
    "cues": values("Cues due here beside those that name this step.", "在本步另外要说到的要点。"),
    "heard": _HEARD,
    "exits": named("exit", "The ways on.", "出口：接下来可以去哪里。"),
    "outcome": value("The outcome of a call that ends here.", "通话在此结束时的结果。"),
    "sensitive": value(
        "Nothing said or typed here is kept: yes, or how long it usually takes, 90s.",
        "本步说的、打的都不留：写 yes，或者写通常要多久，例如 90s。",
    ),
}
_CUE: Schema = {
    "title": _TITLE,
    "in": values(
        "The steps where it is due, or “call” for the whole call.",
        "在哪些步骤要说，或者写 call 表示整个通话。",
    ),
    "speaker": one_of(Speaker, "Who says it; the agent unless written.", "谁说；不写就是坐席。"),
    "heard": _HEARD,
    "rule": values("A hit of one of these rules counts too.", "符合这些规则之一也算。"),
    "unless": use("phrases", "Phrases that take a hit back.", "出现这些话就不算命中。"),
    "within": value(
        "By when: “15s” of the call, or “20s of step”.", "时限：15s（从通话开始）或 20s of step。"
    ),
    "before": values("It must come before these cues or steps.", "必须早于这些要点或步骤。"),
    "times": value(
        "How often: 2 at least, 1-3 from to, 0-2 at most.", "次数：2 至少两次，1-3 一到三次。"
    ),
    "each_visit": flag("Owed anew at every visit of a step.", "每次进入步骤都要说。"),
    "weight": value("How much it counts; 1 unless written.", "分量；不写就是 1。"),
    "severity": one_of(Severity, "How bad it is to miss it.", "漏掉的严重程度。"),
    "required_for": values(
        "Outcomes that no call may reach without it; or “all”.",
        "没说过它就不能达成的结果；all 表示全部。",
    ),
    "why": use("wording", "Why it matters, for the agent.", "为什么要说，给坐席看。"),
    "suggest": use("one_line", "A line's id, or words, to meet it.", "建议怎么说。"),
}
_AFTER = values("It counts only after one of these.", "在这些要点或步骤之后说才算。")
_TURN: Schema = {
    "say": values("The agent says these lines.", "坐席说这些台词。"),
    "agent": use("wording", "The agent says free words.", "坐席自由发挥的话。"),
    "customer": use("wording", "The customer speaks.", "客户说的话。"),
    "other": use("wording", "Somebody else speaks.", "第三人说的话。"),
    "exit": value("The agent takes an exit of the step.", "坐席选择本步的出口。"),
    "objection": value("The agent opens an objection.", "坐席打开一个异议。"),
    "tell": use("facts", "Facts become known.", "记下信息项。"),
    "wait": value("Time passes: 10s.", "过了一段时间，例如 10s。"),
    "hold": value("The customer is on hold: 30s.", "请客户稍等，例如 30s。"),
    "tick": value("The agent ticks a cue by hand.", "坐席手动勾选要点。"),
    "untick": value("The agent takes a tick back.", "坐席取消勾选。"),
    "end": value("The call ends with this outcome.", "通话以这个结果结束。"),
    "expect": use("expect", "What must be true now.", "此刻应当成立的事。"),
}
_HEAD = ("pack", "version", "title", "languages")

_NAMED_OR_USED = [{"required": ["title"]}, {"required": ["use"]}]
"""A step may take its title from the one it uses."""

_DEFINITIONS: Schema = {
    **RULES,
    "wording": {
        "anyOf": [TEXTS, by_language({})],
        "description": "A text in each language; a pack in one language may write it plainly."
        " 每种语言一段文字；只有一种语言的话术包可以直接写。",
    },
    "line": {
        "anyOf": [TEXTS, by_language({"when": _WHEN})],
        "description": "Words to say, with variants as a list; {{ fact }} is filled in."
        " 要说的话，可以列出几种说法；{{ 信息项 }} 会自动填入。",
    },
    "say": {
        "anyOf": [
            PLAIN,
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/line"}},
            {
                "type": "array",
                "items": {
                    "anyOf": [
                        PLAIN,
                        {"type": "object", "additionalProperties": {"$ref": "#/$defs/line"}},
                    ]
                },
            },
        ]
    },
    "one_line": {"anyOf": [TEXTS, by_language({"when": _WHEN})]},
    "phrases": {"anyOf": [TEXTS, by_language({})]},
    "heard": {
        "anyOf": [
            TEXTS,
            by_language(
                {
                    "cue": values("Or one of these cues.", "或者命中这些要点。"),
                    "rule": values("Or one of these rules.", "或者符合这些规则。"),
                }
            ),
        ]
    },
    "facts": {
        "type": "object",
        "additionalProperties": {"anyOf": [PLAIN, by_language({})]},
    },
    "fact": table(
        {
            "title": _TITLE,
            "type": one_of(FactKind, "What sort of value.", "值的类型。"),
            "given": flag("Known before the call.", "通话前已知。"),
            "private": value(
                "What it is to the redactor: name, phone, amount, identity.",
                "脱敏类别。",
            ),
            "choices": named("wording", "The values of a choice.", "选项。"),
            "currency": value("For money: CNY unless written.", "金额的币种，不写就是 CNY。"),
            "day": one_of(
                DaySide,
                "For a date: past or ahead of the call; another is doubted.",
                "日期应在通话当天之前还是之后，不符时提醒。",
            ),
            "most": value(
                "For money and numbers: the fact that it is at most.",
                "不应超过哪个信息项，超过时提醒。",
            ),
            "rest_of": values(
                "For money and numbers: the first of these facts without the others.",
                "等于第一个信息项减去其余各项，不符时提醒。",
            ),
            "example": {
                "anyOf": [PLAIN, by_language({})],
                "description": "A value for plans and previews. 示例值，用于演练和预览。",
            },
        },
        ["title"],
    ),
    "outcome": table(
        {
            "title": _TITLE,
            "code": value("Short and stable, for systems: PTP.", "简短固定的代码，例如 PTP。"),
            "early": flag("May end a call that breaks off.", "通话中断时可选。"),
        },
        ["title", "code"],
    ),
    "step": table(_STEP, anyOf=_NAMED_OR_USED),
    "objection": table(
        {
            **_STEP,
            "bridge": use("one_line", "What to say on the way back.", "回到原来话题时说的话。"),
            "vulnerable": flag(
                "The customer may be vulnerable: no pressure.", "客户可能需要特别照顾：不施压。"
            ),
        },
        anyOf=_NAMED_OR_USED,
    ),
    "exit": table(
        {
            "label": use("wording", "What happened, for the key.", "按键上的字：发生了什么。"),
            "to": value("The step or objection it leads to.", "通向哪个步骤或异议。"),
            "stay": flag("It is done within the step.", "在本步内完成，不离开。"),
            "back": flag("Back to where the objection was opened.", "从异议返回原处。"),
            "when": _WHEN,
            "after": values(
                "Exits that stay and must be done first; or “all”.",
                "要先完成的留在本步的出口；all 表示全部。",
            ),
            "optional": flag("“after: all” does not wait for it.", "after: all 不等它。"),
            "heard": _HEARD,
            "say": _SAY,
            "asks": _ASKS,
            "waives": values("Cues that nobody owes any more then.", "选它之后就不必再说的要点。"),
            "sets": {
                "type": "object",
                "additionalProperties": PLAIN,
                "description": "Facts that taking it settles. 选它就确定下来的信息项。",
            },
        }
    ),
    "cue": table({**_CUE, "after": _AFTER}, ["title"]),
    "avoid": table(
        {
            **_CUE,
            "until": values("It is allowed after one of these.", "在这些之后就可以说。"),
            "repair": value("The cue that makes it good again.", "补救用的要点。"),
        },
        ["title"],
    ),
    "listening": table(
        {
            "after": values(
                "The cues or steps from which on it may listen.",
                "说到哪些要点、走到哪些步骤之后可以听。",
            ),
            "stop": values(
                "The cues or steps that end it.", "听到哪些要点、进入哪些步骤就不再听。"
            ),
        }
    ),
    "plan": table(
        {
            "title": _TITLE,
            "facts": use("facts", "What is known before the call.", "通话前已知的信息项。"),
            "turns": {
                "type": "array",
                "items": {"$ref": "#/$defs/turn"},
                "description": "What happens, in order. 依次发生的事。",
            },
            "outcome": value("How the call ends.", "通话的结果。"),
            "flags": values(
                "Every flag that is raised: “missing greet”; none if not written.",
                "会出现的全部提醒，例如 missing greet；不写就是没有。",
            ),
            "languages": values("Only in these languages.", "只用这些语言演练。"),
            "demo": flag("Shown by “callcoach demo”.", "由 callcoach demo 播放。"),
        },
        ["title", "outcome"],
    ),
    "turn": {
        "anyOf": [
            {"enum": ["say", "undo", "end"]},
            table(_TURN, minProperties=1, maxProperties=1),
        ]
    },
    "expect": table(
        {
            "step": value("The step the call is in.", "当前所在步骤。"),
            "met": values("Cues that are met.", "已经说到的要点。"),
            "unmet": values("Cues that are not.", "还没说到的要点。"),
            "flags": values(
                "The open flags, exactly; “none” for no flag: "
                + ", ".join(kind.value for kind in FlagKind)
                + ".",
                "此刻的全部提醒；没有就写 none。",
            ),
            "suggests": value("The newest suggestion.", "最新的建议。"),
        }
    ),
}

SCHEMA: Schema = {
    "$schema": DIALECT,
    "title": "callcoach pack · callcoach 话术包",
    "description": "What an agent says, and what a call owes the customer. 话术与要点。",
    **table(
        {
            "callcoach": {
                "const": 1,
                "description": "The version of the format: 1. 格式版本，写 1。",
            },
            "pack": value("The pack's id: its folder's name.", "话术包编号，与文件夹同名。"),
            "version": value("The pack's own version, in quotes.", "话术包版本，加引号。"),
            "title": _TITLE,
            "about": use("wording", "What the pack is for.", "这个话术包是做什么的。"),
            "languages": values("The pack's languages: [zh, en].", "话术包的语言：[zh, en]。"),
            "uses": values("Packs whose parts this one uses.", "引用的其他话术包。"),
            "start": value("The step a call begins in.", "通话从哪一步开始。"),
            "facts": named("fact", "What a call knows or finds out.", "信息项。"),
            "lines": {
                "type": ["object", "null"],
                "additionalProperties": {"$ref": "#/$defs/line"},
                "description": "Lines that several steps share. 几个步骤共用的台词。",
            },
            "steps": named("step", "The places in a call.", "步骤。"),
            "objections": named(
                "objection", "What may come at any moment.", "异议：随时可能出现的情况。"
            ),
            "rules": named("rule", "What counts as said or done.", "规则：怎样才算说过或做过。"),
            "cues": named("cue", "What must be said.", "要点：必须说到的话。"),
            "watch": named("cue", "Worth knowing when it is said.", "留意：听到就记一笔。"),
            "avoid": named("avoid", "What must not be said.", "禁语：不能说的话。"),
            "outcomes": named("outcome", "How a call can end.", "结果。"),
            "listening": use(
                "listening", "When this machine may hear the call.", "电脑什么时候可以听这通电话。"
            ),
            "plans": named("plan", "Rehearsed calls.", "演练。"),
        }
    ),
    "dependentRequired": {
        "callcoach": list(_HEAD),
        **{key: ["callcoach"] for key in (*_HEAD, "about", "uses", "start")},
    },
    "$defs": _DEFINITIONS,
}
"""The schema of every file of a pack; only the first file has the head."""
