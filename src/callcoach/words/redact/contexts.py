"""Tells by the words around digits what they are: `card number is`, `ssn`, 尾号, 验证码."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from callcoach.words.redact.model import Kind
from callcoach.words.redact.speech import Run, Speech


class Harmless(Enum):
    """What digits can be that is nobody's secret."""

    AMOUNT = "amount"
    REFERENCE = "reference"
    """An order, a ticket, a room: it names a thing."""
    MEASURE = "measure"
    """A year, a model, a quantity."""


Sense = Kind | Harmless

_WORDS: Final[tuple[tuple[Sense, str], ...]] = (
    (
        Harmless.AMOUNT,
        (
            r"\b(?:loan|claim|policy|contract|card|account)\s+(?:of|for|worth)\b"
            r"|\b(?:owe[sd]?|owing|pay(?:ing|ment|ments)?|paid|amount\w*|balance|total|charge[sd]?"
            r"|charging|fees?|price|cost\w*|income|salary|worth|transfer\w*|deposit\w*|send|spent"
            r"|spend|budget|limit|bill\w*|rent|earn|interest|principal|instal+ments?)\b"
            r"|欠|金额|金額|余额|餘額|利息|本金|工资|收入|月供|扣款|一共|总共|额度|还款?|還款?"
        ),
    ),
    (Kind.SSN, r"\bssn\b|\bs\.s\.n\b|\bsocial(?:\s+sec\w*)?\b|社保号|社会安全号"),
    (
        Kind.CARD,
        (
            r"\b(?:credit|debit|bank|visa|master\s?card|amex|american\s+express|maestro|discover)\b"
            r"|\bcards?\b|银行卡|信用卡|储蓄卡|借记卡|付款卡|工资卡|卡号|卡尾号|銀行卡|信用卡|卡號"
        ),
    ),
    (
        Kind.ID,
        (
            r"身[份分][证證]|证件|證件|护照|護照|通行证|驾驶证|驾照|回乡证|回鄉證|台胞证|军官证|士兵证|居留|居住证|永居|签证|港澳证|学生证|残疾证|执照|\bid\s+(?:card|number|no)\b"
            r"|\bidentity\b|\bpassport\b|\bdriv\w+\s+licen[cs]e\b|\blicen[cs]e\s+(?:no|number)\b"
            r"|\bnational\s+insurance\b|\baadhaa?r\b|\bpan\s+card\b"
        ),
    ),
    (
        Kind.PHONE,
        (
            r"\b(?:tele)?phone\b|\bmobile\b|\bmob\b|\bph\b|\bcell\w*\b|\btel\b|\bwhatsapp\b|\blandline\b"
            r"|\barea\s+code\b|\b(?:my|his|her|their|our|new|old|work|home)\s+number\b|\bcontact\s+(?:no|num\w*)\b|\b(?:call|reach|text|ring)\s+(?:me|him|her|us)\b"
            r"|\bnumber\s+to\s+(?:reach|call)\b|\bcall\w*\s+(?:back\s+)?(?:at|on)\b"
            r"|手机|手機|手提|打[返畀俾给給回]|打(?:过|過)[来去來]|[换換]咗?了?(?:个|個)?(?:号|號)|[换換]咗|新[号號]|[号號]码?[换換]成|电话|電話|联系方式|聯繫方式|打我|座机|(?<![单單證证卡户戶同员員账帳賬号號])(?:号码|號碼)|來電|来电"
        ),
    ),
    (
        Kind.ACCOUNT,
        (
            r"\bac+(?:oun)?t?s?\b|\ba/c\b|\bac(?:ount|cout|counts?|cnt|cct)\b|\biban\b|\bsort\s+code\b"
            r"|\brouting\b|\bpolicy\b|\bpolicies\b|\bclaim\b|\bmember\w*\b|\bloan\b|\bcontract\b"
            r"|\bref(?:erence)?\b|\bcase\s+(?:no|num\w*|id)\b|\bcustomer\s+(?:id|no|num\w*)\b"
            r"|\b(?:booking|confirmation|reservation|pnr|itinerary)\b"
            r"|账号|账户|帐号|帐户|賬號|帳號|帳戶|合同|保单|保單|会员号|客户号|借据|贷款编号|存折|户号|戶號|缴费号|客户编号"
        ),
    ),
    (Kind.ADDRESS, r"\bzip(?:\s?code)?\b|\bpost(?:al)?\s?codes?\b|邮编|邮政编码|郵編|郵遞區號"),
    (
        Kind.SECRET,
        (
            r"\bpin\b|\bpass\s?(?:word|code)s?\b|\bpwd\b|\bcvv2?\b|\bcvc\b|\botp\b|\bone[\s-]time\b"
            r"|\b(?:security|verification|access|auth\w*)\s+(?:code|number|pin)\b"
            r"|\bo\s?t\s?p\b|验证码|驗證碼|密码|密碼|校验码|安全码|动态码|口令|交易码|背面"
        ),
    ),
    (
        Kind.BIRTH,
        r"\bbirth\w*\b|\bd\.?o\.?b\b|\bborn\b|生日|出生|生于|生於|[几哪]月生|哪年生|几几年|[你您][几哪]年的",
    ),
    (
        Harmless.REFERENCE,
        (
            r"\b(?:order|tracking|ticket|invoice|flight|room|gate|ext(?:ension)?|employee|badge|case)\b"
            r"|\b(?:hot|help)\s?line\b|工号|工號|订单|訂單|工单|单号|單號|快递|航班|房间|热线|熱線|客服"
            r"|分机|门店"
        ),
    ),
    (
        Harmless.MEASURE,
        (
            r"\b(?:dates?|model|item|rule|section|article|page|step|option|floor|years?|made|make"
            r"|quantity|qty|version|size|line)\b|型号|年份"
        ),
    ),
)
_ANY: Final = re.compile(
    r"(?:\b(?=[a-z])|(?=[^\x00-\x7f]))(?:"
    + "|".join(f"(?P<s{at}>{words})" for at, (_, words) in enumerate(_WORDS))
    + ")"
)
"""All of these begin a word or with a Chinese character, which is asked first, for speed."""
_CUT: Final = re.compile(r"[.!;。！；](?=\s|$)|\n")
_ENDING: Final = re.compile(
    r"(?:\bending\s+(?:in|with)?|\blast\s+(?:four|4)(?:\s+digits?)?|尾号|尾號|尾數|尾数|[后後]四位)"
    r"(?:数|數|数字|\s+(?:of|is|are|it|its|on|my|the|card)|是|为|為|:|：|\s)*$"
)
_BEHIND: Final = re.compile(
    r"[\s,，]*(?:is|are|was|as|it'?s|for|'s|是)?\s*(?:my|the|his|her|me|for|我的)?\s*(?:the\s+)?$"
)
_REACH: Final = 48
_MEASURED: Final = re.compile(
    r"\s*(?:gb|mb|kg|km|cc|am|pm|a\.m|p\.m|o'?clock|percent|years?|yrs?|months?|weeks?|days?"
    r"|hours?|hrs?|min(?:ute)?s?|dollars?|bucks|usd|pounds?|euros?|rupees?|rs|yuan|rmb|people|persons?"
    r"|passengers?|tickets?|seats?|items?|pieces?|users?|licen[cs]es?|times|model|plan|points?"
    r"|miles|inch\w*|left|quid)\b|\s*(?:%|元|块|塊|期|天|个|個|年|月|日|号|號|点|點|分|次|笔|筆|人|岁|歲|楼|樓|路|室|栋)"
)
_CURRENCY: Final = re.compile(r"[$¥￥£€₹]\s*$|\b(?:rs|usd|rmb|cny)\.?\s*$")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words around some digits make of them."""

    sense: Sense | None
    is_ending: bool
    """The last digits of something longer: `ending 1234`, 尾号."""
    is_measured: bool
    """A unit stands behind: 10 gb, 5 days, 三期."""


def setting(speech: Speech, run: Run) -> Setting:
    """Return what the words around a run of digits say about it: the nearest before, or behind."""
    low = speech.low
    lead = low[max(run.start - _REACH, 0) : run.start]
    cut = max((found.end() for found in _CUT.finditer(lead)), default=0)
    near = lead[cut:]
    before = None
    for found in _ANY.finditer(near):
        before = found
    other = _inside(speech, run)
    behind = _behind(low, run, other)
    is_ending = _ENDING.search(near + _counted(speech, run)) is not None
    is_measured = _MEASURED.match(low, run.end) is not None or _CURRENCY.search(near) is not None
    sense = _sense(before)
    is_far = before is None or len(near) - before.end() > 24 or _parted(speech, run, before, near)
    if behind is not None and is_far:
        sense = behind
    return Setting(sense, is_ending, is_measured)


def _counted(speech: Speech, run: Run) -> str:
    """Return the number at the head of a run that only counts its digits: `last four 4321`."""
    first = speech.low[run.start : speech.tokens.ends[run.first]]
    return first if first in ("four", "4") and run.past > run.first + 1 else ""


def _inside(speech: Speech, run: Run) -> int:
    """Return where the next digits begin; the end of the text where there are none."""
    for one in speech.runs:
        if one.start > run.start:
            return one.start
    return len(speech.text)


def _behind(low: str, run: Run, limit: int) -> Sense | None:
    """Return what is said right behind digits: `3471 are my ssn`."""
    tail = low[run.end : min(run.end + 40, limit)]
    found = _ANY.search(tail)
    if (
        found is None
        or found.group().startswith("ext")
        or _BEHIND.fullmatch(tail[: found.start()]) is None
    ):
        return None
    return _sense(found)


def _parted(speech: Speech, run: Run, found: re.Match[str] | None, near: str) -> bool:
    """Tell whether other digits stand between a word and the digits: it meant those."""
    if found is None:
        return True
    word_end = run.start - (len(near) - found.end())
    return any(word_end <= one.start < run.start for one in speech.runs)


def _sense(found: re.Match[str] | None) -> Sense | None:
    if found is None or found.lastgroup is None:
        return None
    return _WORDS[int(found.lastgroup[1:])][0]


def senses(text: str) -> tuple[Sense, ...]:
    """Return everything of which a text speaks, in order; for questions."""
    return tuple(sense for found in _ANY.finditer(text.lower()) if (sense := _sense(found)))
