"""Knows what others call the parts of an utterance and of a call, in keys and in columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from callcoach.archive.transcripts.model import MAX_LABEL, Said
from callcoach.archive.transcripts.times import read_seconds


class Field(StrEnum):
    """A part of an utterance, or of what is said about its call."""

    SPEAKER = "speaker"
    TEXT = "text"
    START = "start"
    END = "end"
    START_MS = "start_ms"
    END_MS = "end_ms"
    DURATION = "duration"
    CONFIDENCE = "confidence"
    EVENT = "event"
    """What a row is about, in a table that has other rows than utterances."""
    CALL = "call"
    AGENT = "agent"
    CUSTOMER = "customer"
    STARTED = "started"
    LANGUAGE = "language"
    QUEUE = "queue"
    OUTCOME = "outcome"
    RECORDING = "recording"
    """Where the call's sound is."""


ABOUT_CALL = (
    Field.AGENT, Field.CUSTOMER, Field.STARTED, Field.LANGUAGE, Field.QUEUE, Field.OUTCOME,
    Field.RECORDING,
)  # fmt: skip
"""What is true of the whole call."""
_NAMES = {
    Field.SPEAKER: """
        speaker role speakerrole participantrole participant participantid speakerlabel speakerid
        speakername channel channelid channeltag channelname party side who from author sender name
        说话人 说话者 发言人 讲话人 角色 身份 声道 通道 发送者 发送方 发言者 对话角色 說話人 發言人
        講話人 聲道 發送者""",
    Field.TEXT: """
        text content transcript transcription utterance sentence message body displaytext
        文本 内容 文字 消息 说话内容 对话内容 通话内容 语音内容 发言内容 文本内容 聊天内容 转写
        转写文本 转写内容 转写结果 识别结果 识别文本 语句
        話語 內容 說話內容 對話內容 通話內容 轉寫 文字內容""",
    Field.START: """
        stime start starttime starts begin begintime startsec startsecs startseconds startoffset
        beginoffset offset timestamp time messagetime createdat
        开始秒 起始秒 开始时间秒 起始时间秒
        开始 开始时间 起始 起始时间 时间 时间戳 发送时间 開始 開始時間 起始時間 時間""",
    Field.END: """
        etime end endtime ends endsec endsecs endseconds endoffset stop stoptime finish
        结束秒 结束时间秒 结束 结束时间 终止时间 結束 結束時間""",
    Field.START_MS: """
        startms beginms starttimems begintimems startmillis beginoffsetmillis offsetms startoffsetms
        开始毫秒 开始时间ms 开始时间毫秒""",
    Field.END_MS: """
        endms endtimems endmillis endoffsetmillis endoffsetms
        结束毫秒 结束时间ms 结束时间毫秒""",
    Field.DURATION: "duration dur seconds length 时长 时长秒 持续时间 時長",
    Field.CONFIDENCE: "confidence conf averageconfidence 置信度 信心度",
    Field.EVENT: "event 事件",
    Field.CALL: """
        call callid callsid contactid conversationid conversation dialogueid dialogid sessionid
        recordid recordingid interactionid uuid guid
        通话 通话编号 通话id 呼叫编号 呼叫id 录音编号 录音id 会话id 会话编号 流水号 工单号
        通話 通話編號 錄音編號""",
    Field.AGENT: """
        agent agentid agentname rep representative collector operator advisor
        坐席 座席 坐席工号 座席工号 坐席姓名 座席姓名 坐席id 工号 客服 员工 催收员 坐席工號 工號""",
    Field.CUSTOMER: """
        customer customerid customername client clientid cust account accountid accountnumber caseid
        客户 客户编号 客户号 客户id 客户姓名 案件编号 案件号 客戶 客戶編號""",
    Field.STARTED: """
        started startedat calltime callstart callstarttime callstarted calldate date datetime
        conversationtime
        通话时间 拨打时间 呼叫时间 通话开始时间 通话日期 日期 通話時間 撥打時間""",
    Field.LANGUAGE: "language languagecode lang 语言 语种 語言",
    Field.QUEUE: "queue queueid queuename team 队列 技能组 班组 隊列",
    Field.OUTCOME: "outcome disposition result callresult 结果 通话结果 处置 結果",
    Field.RECORDING: """
        recording recordingfile recordingpath recordingfilename recordinglocation audio audiofile
        audiopath audiofilename soundfile wavfile wav file filename filepath
        录音 录音文件 录音文件名 录音路径 录音地址 音频 音频文件 音频路径 文件 文件名
        錄音 錄音檔 錄音檔案 錄音路徑 音檔""",
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_PLACES = {name: place for place, name in enumerate(_FIELDS)}
NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair."""
_FILLERS = re.compile(r"[\s_\-.()（）\[\]]")
_MAX_VALUE, _MAX_PATH = 200, 1000
"""Characters of what is kept about a call, and of a path."""


@lru_cache(maxsize=4096)
def field_of(name: str) -> Field | None:
    """Return which part a key or a column's name stands for; None for another."""
    return _FIELDS.get(_folded(name))


def _folded(name: str) -> str:
    return _FILLERS.sub("", name).casefold()


@lru_cache(maxsize=1024)
def plan(keys: tuple[str, ...]) -> Mapping[Field, tuple[str, ...]]:
    """Return the keys that stand for each part, the likeliest first."""
    found: dict[Field, list[str]] = {}
    for key in keys[:_MAX_VALUE]:
        if (field := field_of(key)) is not None:
            found.setdefault(field, []).append(key)
    return {
        field: tuple(sorted(names, key=lambda name: _PLACES[_folded(name)]))
        for field, names in found.items()
    }


def first(row: Mapping[str, object], keys: Iterable[str]) -> object:
    """Return the value of the first key that has one."""
    for key in keys:
        if (value := row.get(key)) is not None:
            return value
    return None


def share(value: object) -> float | None:
    """Return a number from 0 to 1, also one that is written as a text; None for anything else."""
    if isinstance(value, str):
        value = read_seconds(value)[0]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= 1 else None


def label_of(value: object) -> str:
    """Return what a file calls a speaker, as a text."""
    is_plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value)[:MAX_LABEL] if is_plain else ""


def said(row: Mapping[str, object], line: int, names: Mapping[Field, Sequence[str]]) -> Said:
    """Return the utterance of a row; `names` are its keys or columns by what they stand for."""
    start, is_start_odd = _time(row, names, Field.START, Field.START_MS)
    end, is_end_odd = _time(row, names, Field.END, Field.END_MS)
    if end is None and start is not None and Field.DURATION in names:
        length = read_seconds(first(row, names[Field.DURATION]))[0]
        end = None if length is None else start + length
    text = first(row, names.get(Field.TEXT, ()))
    return Said(
        line=line,
        label=label_of(first(row, names.get(Field.SPEAKER, ()))),
        text="" if text is None else str(text),
        start=start,
        end=end,
        is_odd=is_start_odd or is_end_odd,
        confidence=share(first(row, names.get(Field.CONFIDENCE, ()))),
    )


def _time(
    row: Mapping[str, object], names: Mapping[Field, Sequence[str]], field: Field, in_ms: Field
) -> tuple[float | None, bool]:
    value = first(row, names.get(field, ()))
    if value is not None or in_ms not in names:
        return read_seconds(value)
    return read_ms(first(row, names[in_ms]))


def read_ms(value: object) -> tuple[float | None, bool]:
    """Return a time in milliseconds as seconds, and whether it is there but no time."""
    number, is_odd = read_seconds(value)
    return (None if number is None else round(number / 1000, 3)), is_odd


def about(*sources: object) -> dict[str, str]:
    """Return what tables of keys say about their call, the first that says it; `id` is its name."""
    told: dict[str, str] = {}
    for source in sources:
        if not isinstance(source, dict):
            continue
        for name, keys in _about(tuple(source)):
            value = first(source, keys)
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                most = _MAX_PATH if name == Field.RECORDING else _MAX_VALUE
                text = NO_CHARACTER.sub("\ufffd", str(value).strip()[:most])
                if text:
                    told.setdefault(name, text)
    return told


@lru_cache(maxsize=1024)
def _about(keys: tuple[str, ...]) -> Sequence[tuple[str, Sequence[str]]]:
    """Return what is told under some of `keys`, the id first, and those that tell it."""
    names = plan(keys)
    ids = [key for key in ("id", "_id") if key in keys]
    told = [("id", (*ids, *names.get(Field.CALL, ())))]
    told += [(field.value, names[field]) for field in ABOUT_CALL if field in names]
    return [pair for pair in told if pair[1]]


def mean(shares: Iterable[float | None]) -> float | None:
    """Return the mean of how sure a recogniser was; None where it does not say."""
    known = [one for one in shares if one is not None]
    return sum(known) / len(known) if known else None


def objects(listed: object) -> list[Mapping[str, object]]:
    """Return the objects in a list; anything else has none."""
    return [it for it in listed if isinstance(it, Mapping)] if isinstance(listed, list) else []


def mapping(value: object) -> Mapping[str, object]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}
