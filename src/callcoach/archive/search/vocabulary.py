"""The words of the query language, English and Chinese, and what their values may be."""

from collections.abc import Mapping

from callcoach.archive.search.query import Key
from callcoach.script.model import FlagKind, Severity, Speaker

KEYS: Mapping[str, Key] = {key.value: key for key in Key} | {
    "said_by": Key.SPEAKER,
    "who": Key.SPEAKER,
    "说话人": Key.SPEAKER,
    "谁说": Key.SPEAKER,
    "要点": Key.CUE,
    "说到": Key.CUE,
    "漏说": Key.MISSED,
    "提醒": Key.FLAG,
    "未补救": Key.OPEN,
    "已补救": Key.REPAIRED,
    "被否": Key.REJECTED,
    "不成立": Key.REJECTED,
    "结果": Key.OUTCOME,
    "坐席": Key.AGENT,
    "话术": Key.SCRIPT,
    "pack": Key.SCRIPT,
    "语言": Key.LANGUAGE,
    "lang": Key.LANGUAGE,
    "方式": Key.MODE,
    "电话": Key.CALL,
    "通话": Key.CALL,
    "id": Key.CALL,
    "编号": Key.CALL,
    "file": Key.CALL,
    "文件": Key.CALL,
    "质检员": Key.REVIEWER,
    "状态": Key.STATUS,
    "review": Key.STATUS,
    "质检": Key.STATUS,
    "得分": Key.SCORE,
    "分数": Key.SCORE,
    "since": Key.AFTER,
    "from": Key.AFTER,
    "之后": Key.AFTER,
    "从": Key.AFTER,
    "之前": Key.BEFORE,
    "截至": Key.UNTIL,
    "day": Key.ON,
    "date": Key.ON,
    "日期": Key.ON,
    "长于": Key.LONGER,
    "超过": Key.LONGER,
    "短于": Key.SHORTER,
    "不到": Key.SHORTER,
    "时长": Key.DURATION,
    "length": Key.DURATION,
    "占比": Key.RATIO,
    "说话占比": Key.RATIO,
    "talk_ratio": Key.RATIO,
    "静默": Key.SILENCE,
    "沉默": Key.SILENCE,
    "最长静默": Key.SILENCE,
    "同时说话": Key.OVERTALK,
    "抢话": Key.OVERTALK,
}
SPEAKERS: Mapping[str, Speaker] = {speaker.value: speaker for speaker in Speaker} | {
    "坐席": Speaker.AGENT,
    "客服": Speaker.AGENT,
    "客户": Speaker.CUSTOMER,
    "其他": Speaker.OTHER,
    "第三方": Speaker.OTHER,
}
FLAGS: Mapping[str, tuple[str, str]] = {
    **{kind.value: ("kind", kind.value) for kind in FlagKind},
    **{severity.value: ("severity", severity.value) for severity in Severity},
    "不该说": ("kind", FlagKind.FORBIDDEN),
    "顺序不对": ("kind", FlagKind.OUT_OF_ORDER),
    "漏说": ("kind", FlagKind.MISSING),
    "说多了": ("kind", FlagKind.REPEATED),
    "晚了": ("kind", FlagKind.LATE),
    "轻微": ("severity", Severity.MINOR),
    "重要": ("severity", Severity.MAJOR),
    "严重": ("severity", Severity.CRITICAL),
}
"""What a flag may be asked by beside its cue: the column and the value there."""
LANGUAGES: Mapping[str, str] = {
    "zh": "zh",
    "en": "en",
    "中文": "zh",
    "英文": "en",
    "英语": "en",
    "chinese": "zh",
    "english": "en",
}
MODES: Mapping[str, str] = {
    "call": "call",
    "practice": "practice",
    "电话": "call",
    "真实": "call",
    "练习": "practice",
    "demo": "demo",
    "replay": "replay",
    "import": "import",
    "导入": "import",
    "listen": "listen",
}
STATUSES: Mapping[str, str] = {
    "none": "none",
    "未开始": "none",
    "未质检": "none",
    "draft": "draft",
    "草稿": "draft",
    "submitted": "submitted",
    "已提交": "submitted",
    "appealed": "appealed",
    "申诉中": "appealed",
    "decided": "decided",
    "已裁定": "decided",
    "acknowledged": "acknowledged",
    "已确认": "acknowledged",
}
"""How far reviews have come."""
EXAMPLES: Mapping[Key, tuple[str, str]] = {
    Key.SPEAKER: (":customer", ":客户"),
    Key.CUE: (":any", ":任何"),
    Key.MISSED: (":any", ":任何"),
    Key.FLAG: (":critical", ":严重"),
    Key.OPEN: (":critical", ":严重"),
    Key.REPAIRED: (":critical", ":严重"),
    Key.REJECTED: (":any", ":任何"),
    Key.OUTCOME: (":promise", ":承诺还款"),
    Key.AGENT: (":any", ":任何"),
    Key.SCRIPT: (":courtesy", ":courtesy"),
    Key.LANGUAGE: (":zh", ":中文"),
    Key.MODE: (":practice", ":练习"),
    Key.CALL: (":calls.csv", ":calls.csv"),
    Key.REVIEWER: (":any", ":任何"),
    Key.STATUS: (":draft", ":草稿"),
    Key.SCORE: (">=80", ">=80"),
    Key.AFTER: (":7d", ":7天"),
    Key.BEFORE: (":2026-11", ":2026年11月"),
    Key.UNTIL: (":2026-11-30", ":2026年11月30日"),
    Key.ON: (":today", ":今天"),
    Key.LONGER: (":5m", ":5分"),
    Key.SHORTER: (":30s", ":30秒"),
    Key.DURATION: (">5m", ">5分"),
    Key.RATIO: (">70%", ">70%"),
    Key.SILENCE: (">20s", ">20秒"),
    Key.OVERTALK: (">5s", ">5秒"),
}
"""What may follow a key, under its English names and under its Chinese ones."""
ANYTHING = frozenset(("any", "*", "任何", "有"))
"""The value of a condition that any value meets."""
ALTERNATIVES = frozenset(("OR", "|", "或", "或者"))
JOINS = frozenset(("AND", "&", "且", "并且"))
NEGATIONS = frozenset(("NOT",))
SAME_SIGNS = str.maketrans("：（）“”„「」『』＂〝〞－−–＞＜＝｜＆　", ':()""""""""""---><=|& ')
"""Signs that Chinese keyboards and word processors write for those of the language."""
