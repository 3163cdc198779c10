"""Takes a short answer in Chinese whole where the turn before asked for it: 五栋, 风调雨顺."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.chinese_tables import DOUBLE, KIN, ROLE, SINGLE, TITLES
from callcoach.words.redact.model import Asked, Entity, Kind

_OPENER: Final = re.compile(
    r"(?:[，,、。．.！!\s]|嗯+|呃|啊|哦|噢|喔|诶|欸|哎|唉|是的|对的?|好的?|没错|那个|这个|就是|应该是|好像是|大概是|"
    r"现在(?:是|在|住在?)?|我?们?家?住在?|我?是|我在|我(?=[0-9零一二三四五六七八九十])|地址是?|生日是?|答案是?|密码是?|口令是?|叫|姓名是?|名字叫?是?|出生(?:日期)?是?|"
    r"那?就?(?:用|设成?|设为|写|填|叫)|它叫|(?:狗|猫)叫|没变|变了|不是了|不是|早?搬了|改成|换成|在|系|住|农历|阴历|阳历|公历|旧历|新历|属于|记得是|我记得是?|还是|写)+"
)
_CLOSER: Final = re.compile(
    r"(?:[，,、。．.！!\s]|吧|啊|呀|哦|喔|啦|嘛|哈|哇|咯|噢|谢谢你?|就行了?|就好|对的?|没错|生的|生人|这个|那边|这里|咧|囉|喇|呢)+$"
)
_TALK: Final = re.compile(
    r"[你您我他她它咱吗嗎么麼什谁誰啥哪怎为為喂不没沒无無忘说說讲講问問打还還要能会會想等知晓曉懂给給收发發查看听聽找让讓"
    r"被把已刚剛欠款钱錢都很太可以方便急忙先再又才就了着過过得]|[别別](?!墅)"
)
_ACKS: Final = re.compile(
    r"随便|随意|明天|后天|今天|昨天|下午|上午|晚上|早上|中午|下周|下个?月|月底|稍等|以后|暂时|保密|隐私|骗子|一样|同上|照旧|原来|老样子|清楚"
    r"|行|好|对|是|嗯|哦|喂|谢谢|再见|拜拜|本人|正确|当然|肯定|确定|真的|算了|放心|抱歉|隨便|一樣|拜託"
)
_NUM: Final = "零〇一二两三四五六七八九十百廿卅正腊臘冬初元幺0-9０-９"
_DATED: Final = re.compile(
    rf"(?:[{_NUM}年月日号號的生\s/.\-]|民国|民國|闰|閏|农历|阴历|阳历|公历|除夕|中秋|端午|元宵|国庆|元旦|属.的?)+"
)
_HAS_NUM: Final = re.compile(rf"[{_NUM}]|除夕|中秋|端午|元宵|国庆|元旦")
_NAME: Final = re.compile(rf"(?:{DOUBLE}|[{SINGLE}])[一-鿿]{{1,2}}")
_NOBODY: Final = re.compile(rf"(?:{KIN}|{ROLE}|{'|'.join(sorted(TITLES))})")
_MOST: Final = {Kind.ADDRESS: 24, Kind.SECRET: 10, Kind.USERNAME: 10}
"""Characters of the longest answer."""


def find_chinese_replies(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield the answer that a turn is, if nothing but one thing was asked for and not read out.

    `text` is in simplified characters without spaces between them.
    """
    kinds = asked.whole & {Kind.ADDRESS, Kind.BIRTH, Kind.SECRET, Kind.NAME, Kind.USERNAME}
    if len(kinds) != 1 or "？" in text or "?" in text:
        return
    start, end = _inner(text)
    part, (kind,) = text[start:end], kinds
    if part and _is_answer(part, kind):
        yield Entity(kind, start, end, "answers the question", part)


def _inner(text: str) -> tuple[int, int]:
    """Return the characters of a turn without the words around an answer."""
    opener = _OPENER.match(text)
    start = opener.end() if opener is not None else 0
    closer = _CLOSER.search(text, start)
    return start, closer.start() if closer is not None else len(text)


def _is_answer(part: str, kind: Kind) -> bool:
    """Tell whether some characters can be an answer of a kind."""
    if kind is Kind.BIRTH:
        return _DATED.fullmatch(part) is not None and _HAS_NUM.search(part) is not None
    if _TALK.search(part) is not None or _ACKS.fullmatch(part) is not None:
        return False
    if kind is Kind.NAME:
        return _NAME.fullmatch(part) is not None and _NOBODY.search(part) is None
    is_said = len(part) > 1 or kind is Kind.SECRET
    return is_said and len(part) <= _MOST[kind] and _ACKS.match(part) is None
