"""A small form to start from, with comments that explain the format."""

from collections.abc import Sequence

from callcoach.script.wording import Language

LANGUAGES = ("zh", "en")

_WORDS = {
    "title": {"zh": "通话质检表", "en": "Call quality"},
    "excellent": {"zh": "优秀", "en": "Excellent"},
    "fair": {"zh": "达标", "en": "Meets the standard"},
    "poor": {"zh": "不达标", "en": "Below the standard"},
    "opening": {"zh": "开场", "en": "Opening"},
    "greets": {"zh": "先问好", "en": "Greets first"},
    "moment": {"zh": "问现在方便不方便", "en": "Asks whether it is a convenient moment"},
    "conduct": {"zh": "言行", "en": "Conduct"},
    "interrupts": {"zh": "打断客户几次", "en": "How often the customer was interrupted"},
    "threatens": {"zh": "威胁客户", "en": "Threatens the customer"},
    "upset": {"zh": "客户是否发火了", "en": "Does the customer lose their temper?"},
    "calms": {
        "zh": "先回应客户的情绪，再谈事情",
        "en": "Answers the temper before going on with the matter",
    },
    "counts": {"zh": "先接住一句才算", "en": "A sentence about the temper has to come first"},
}
_COMMENTS = {
    "head": {
        "zh": "# 质检表。写法见 docs/forms.zh.md；检查用 callcoach form check {name}",
        "en": "# A form. callcoach form check {name} says what is wrong; docs/forms.md has it all.",
    },
    "pack": {
        "zh": "# 下面的要点属于这个话术包；不写就只能由人来答",
        "en": "# The cues below are this pack's; without one only people answer",
    },
    "weight": {
        "zh": "# 各部分的权重，合起来 100",
        "en": "# The sections' weights, 100 together",
    },
    "question": {
        "zh": "# 一行一题：答“是”得分；cue 是由通话自动建议的答案",
        "en": "# One line is a question: “yes” scores; the call suggests the answer by its cue",
    },
    "ranges": {
        "zh": "# 0 次得满分，1、2 次得一半，3 次起不得分",
        "en": "# None scores in full, one or two half, three and more nothing",
    },
    "fails": {
        "zh": "# 答“否”才对；答“是”整张表不合格，并且要写评语",
        "en": "# “No” is right; “yes” fails the whole form and wants a comment",
    },
    "when": {
        "zh": "# 只有上一题答“是”才问",
        "en": "# Asked only where the question above was answered “yes”",
    },
}


def skeleton(name: str, languages: Sequence[Language], reader: Language) -> str:
    """Return the text of a new form; its comments are in the reader's language."""

    def said(key: str) -> str:
        words = _WORDS[key]
        if len(languages) == 1:
            return words[languages[0]]
        return "{" + ", ".join(f"{it}: {_quoted(words[it])}" for it in languages) + "}"

    def beside(key: str) -> str:
        if len(languages) == 1:
            return f"title: {_quoted(_WORDS[key][languages[0]])}"
        return ", ".join(f"{it}: {_quoted(_WORDS[key][it])}" for it in languages)

    def note(key: str) -> str:
        return _COMMENTS[key]["zh" if reader == "zh" else "en"].format(name=name)

    return f"""\
{note("head")}
callcoach: 1
form: {name}
version: "1"
title: {said("title")}
languages: [{", ".join(languages)}]
{note("pack")}
pack: courtesy
bands:
  90: {said("excellent")}
  70: {said("fair")}
  0: {said("poor")}

sections:
  opening:
    title: {said("opening")}
    {note("weight")}
    weight: 40
    questions:
      {note("question")}
      greets: {{{beside("greets")}, cue: courtesy.greet}}
      asks_moment: {{{beside("moment")}, cue: courtesy.good_moment}}

  conduct:
    title: {said("conduct")}
    weight: 60
    questions:
      {note("ranges")}
      interrupts:
        title: {said("interrupts")}
        metric: agent.interruptions
        ranges: {{..1: 1, 1..3: 0.5, 3..: 0}}
      {note("fails")}
      threatens:
        title: {said("threatens")}
        answers: no_yes
        flag: courtesy.threat
        fails: form
        comment: below_full
      was_upset: {{{beside("upset")}, cue: courtesy.loses_temper, scored: no}}
      {note("when")}
      answers_temper:
        title: {said("calms")}
        help: {said("counts")}
        when: {{was_upset: yes}}
        answers: met_partly_not
"""


def _quoted(text: str) -> str:
    """Return a text as it may stand between braces."""
    return f'"{text}"' if set(text) & set(",:{}[]") else text
