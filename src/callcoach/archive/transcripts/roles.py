"""Tells who is the agent: by the labels, else by the words, or not at all."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from callcoach.archive.transcripts.labels import speaker_of
from callcoach.archive.transcripts.model import NoteCode, Said
from callcoach.archive.transcripts.notes import Notebook
from callcoach.script.model import Speaker

THRESHOLD = 0.3
"""A guess of a lower score is none; set before it was measured (docs/import.md)."""
_DOUBT = 2.0
"""Evidence that a guess needs before it can be sure: as much as one clear sentence."""
_TURNS = 400
"""Utterances of each voice that are looked at: who one is shows early."""
_OWES = r"account|loan|balance|payments?|bill|debt|card|instal?lments?|mortgage|invoice|contract"
_LOSES = r"job|salary|pay ?check|wages|hours|rent|husband|wife|kids|landlord"

_AGENT_SIGNS = rf"""
2   \b(?:this is|my name is|i'm|i am) [^.?!]{{1,50}}\b(?:calling|from|with)\b
2   \bcalling (?:you )?(?:from|on behalf|about|regarding|to)\b
1.5 \b(?:may|could|can) i speak (?:with|to) (?:mr|mrs|ms|miss|dr)\b
1.5 \bam i speaking (?:with|to)\b|\bis this (?:mr|mrs|ms|miss|dr)\b
1.5 \b(?:verify|confirm) (?:your|some|a few|that i|the last)\b|\byour date of birth\b
1   \byour (?:[a-z'-]+ ){{0,3}}(?:{_OWES})\b
1   \bhow (?:can|may) i (?:help|assist)\b|\bis there anything else\b
1   \bthank you for (?:your (?:time|patience|understanding|cooperation)|calling|holding)\b
1   \b(?:we can (?:offer|set up|arrange)|i can offer|would you (?:like|prefer))\b
1   \b(?:are you able to|when (?:can|could|will) you|how (?:soon|much) (?:can|could) you)\b
1   \b(?:i understand (?:your|that|how|this)|our records|on a recorded line)\b
1   \b(?:call|line) (?:is|may be|will be) (?:being )?(?:recorded|monitored)\b
1   \b(?:sorry|apologi[sz]e) (?:to|for) (?:bother|disturb|interrupt|the inconvenience)
2   (?:我是|这里是|这边是|我们是)[^,.?!]{{0,20}}(?:公司|银行|中心|客服|信贷|金融|专员|平台|部门)
1.5 打扰|占用您
2   请问(?:您)?是[^,.?!]{{0,12}}(?:先生|女士|小姐|本人|吗)|您是[^,.?!]{{0,10}}(?:先生|女士|本人)
1.5 是(?:您)?本人|核实|核对一下|确认一下您
1   您(?:的|在|名下|尾号)[^,.?!]{{0,14}}(?:账户|帐户|贷款|借款|欠款|账单|逾期|分期|还款|信用卡|款项)
1   请您|麻烦您|提醒您|通知您|为您|帮您|建议您|感谢您|祝您|您看|您方便|您这边
1   (?:通话|电话)[^,.?!]{{0,6}}录音|致电
"""
"""A weight and a pattern in each line; the signs of an agent, in English and in Chinese."""
_CUSTOMER_SIGNS = rf"""
1.5 \bwho(?:'s| is) (?:this|calling|speaking)\b|\bhow did you get (?:my|this)\b
1   \bmy (?:[a-z'-]+ ){{0,2}}(?:{_OWES}|{_LOSES})\b
1.5 \bi(?:'ve| have)? (?:just |already |recently |been )*(?:lost my|laid off)
1.5 \bi (?:really |just |still )*(?:can't|cannot|can not) (?:afford|pay)\b
1   \bi(?:'ve| have)? (?:already )?(?:paid|made the payment)\b
1   \bi (?:really |just )*(?:don't|do not) (?:owe|recogni[sz]e|have (?:the|any|enough|that))\b
1.5 \bstop (?:calling|harassing)|\bleave me alone|\bwrong number\b
1   \bi(?:'ll| will| can| could) (?:only |try to |try and )?(?:pay|afford)\b
1   \b(?:how much do i|do i (?:owe|have to|need to)|what are my options|can i pay)\b
1.5 你是谁|你(?:们)?是哪|哪位|谁呀|你们(?:怎么|这|不要|别|公司)
1   我的(?:账户|帐户|贷款|账单|卡|工资|钱)
1.5 没钱|没有钱|还不了|还不上|还不起|失业|没工作|没发工资|周转不|手头紧
1.5 别(?:再)?(?:给我)?打|不要再打|骚扰|打错了
1   我(?:会|能|可以|明天|后天|下周|下个月|月底|尽量|晚点|已经)[^,.?!]{{0,8}}(?:还|付|转|存)
0.5 (?:能不能|可不可以|可以)(?:晚|分期|延|减|少)
"""
_SIGNS = str.maketrans("’‘，。？！；、", "''.,?!,,")


@dataclass(frozen=True, slots=True)
class Guess:
    """Which of two voices is the agent's, by what they say."""

    label: str
    score: float
    """0, nothing tells them apart, to 1."""


Roles = Mapping[str, Speaker]
"""By a label, in whichever case, who it is: for what no label and no word tells."""


def roles_of(said: Sequence[Said], notebook: Notebook, told: Roles) -> Mapping[str, Speaker]:
    """Return who each label is; what was guessed, and what cannot be told, goes to `notebook`.

    What somebody has `told` is beyond doubt.
    """
    labels = dict.fromkeys(one.label for one in said)
    known = {label.casefold(): speaker for label, speaker in told.items()}
    roles = {label: known.get(label.casefold()) or speaker_of(label) for label in labels}
    unknown = [label for label, speaker in roles.items() if speaker is None]
    sides = {Speaker.AGENT, Speaker.CUSTOMER} & {it for it in roles.values() if it is not None}
    match unknown:
        case [label] if label and len(sides) == 1:
            other = Speaker.CUSTOMER if Speaker.AGENT in sides else Speaker.AGENT
            notebook.add(NoteCode.OTHER_SIDE_GUESSED, 0, label)
            roles[label] = other
        case [_] if len(labels) == 1:
            notebook.add(NoteCode.ONE_VOICE, 0)
        case [_, _, *_] if not sides:
            _guess(said, unknown, roles, notebook)
    return {label: speaker or Speaker.OTHER for label, speaker in roles.items()}


def _guess(
    said: Sequence[Said],
    labels: Sequence[str],
    roles: dict[str, Speaker | None],
    notebook: Notebook,
) -> None:
    """Tell the agent from the customer where the words do, of the two who say the most."""
    spoken = {label: [one.text for one in said if one.label == label] for label in labels}
    longest = sorted(labels, key=lambda label: -sum(map(len, spoken[label])))
    first, second = longest[:2]
    guess = guess_agent(first, spoken[first], second, spoken[second])
    if guess.score < THRESHOLD:
        notebook.add(NoteCode.ROLES_UNKNOWN, 0, first or second)
        return
    notebook.add(NoteCode.AGENT_GUESSED, 0, guess.label or "…")
    for label in (first, second):
        roles[label] = Speaker.AGENT if label == guess.label else Speaker.CUSTOMER


def guess_agent(first: str, firsts: Iterable[str], second: str, seconds: Iterable[str]) -> Guess:
    """Return which of two voices is the agent's, by what they say.

    Agents name a company, apologise for disturbing, ask who is on the line and speak of “your
    account”; customers ask who is calling, speak of “my loan” and of what they cannot pay. The
    score is the difference of the evidence for either, over its sum and `_DOUBT`.
    """
    agent, customer = _evidence(firsts)
    other_agent, other_customer = _evidence(seconds)
    for_first, for_second = agent + other_customer, other_agent + customer
    score = abs(for_first - for_second) / (for_first + for_second + _DOUBT)
    return Guess(first if for_first >= for_second else second, round(score, 3))


def _evidence(texts: Iterable[str]) -> tuple[float, float]:
    """Return how much speaks for an agent and how much for a customer in what a voice says."""
    folded = [_folded(text) for text in list(texts)[:_TURNS]]
    return _weight(folded, _AGENT_SIGNS), _weight(folded, _CUSTOMER_SIGNS)


def _weight(texts: Sequence[str], signs: str) -> float:
    """Return the weight of all signs; one counts once in an utterance."""
    return sum(
        weight * sum(1 for text in texts if sign.search(text)) for weight, sign in _compiled(signs)
    )


@cache
def _compiled(signs: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    lines = (line.split(maxsplit=1) for line in signs.strip().split("\n"))
    return tuple((float(weight), re.compile(sign)) for weight, sign in lines)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
