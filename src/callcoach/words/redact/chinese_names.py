"""Finds names in Chinese: after 我叫, 我姓 and 您是, before 先生 and 女士, alone in a turn."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.chinese_called import find_called, is_brand
from callcoach.words.redact.chinese_people import find_people
from callcoach.words.redact.chinese_tables import (
    DOUBLE,
    GIVEN,
    KIN,
    ROLE,
    SINGLE,
    SOUNDS,
    STOP,
    TITLES,
    TRANSLIT,
)
from callcoach.words.redact.chinese_words import is_word
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.tables import is_common, is_listed, is_strange

_OF_FIRM: Final = re.compile(
    "银行|租赁|融资|资|保理|数科|乐购|服务|法务|管理|咨询|金融|分期|消费|科技|公司|小贷|贷|财富|航空|卫视|保险|集团|证券|超市|酒店|地产|汽车|外卖|快递|物流|教育|医院|大学|电器|商城"
)
"""Behind a name these make it a firm's: 惠民分期."""
_FAMILY: Final = rf"(?:{DOUBLE}|[{SINGLE}])"
_HAN: Final = "[\u4e00-\u9fff·]"
_FAMILY_SAID: Final = re.compile(
    rf"(?:免贵姓|免貴姓|我姓|您姓|贵姓|他姓|她姓|姓)\s*(?P<name>{_FAMILY})(?!名(?!字)|氏)"
    rf"(?:[，,]?\s*(?:叫|名(?!字))\s*(?P<given>{_HAN}{{1,2}}))?"
)
_FOREIGN: Final = re.compile(
    rf"[{TRANSLIT}]{{2,6}}·[{TRANSLIT}]{{2,6}}"
    rf"|[{SOUNDS}{TRANSLIT}]{{2,6}}(?:·[{SOUNDS}{TRANSLIT}]{{2,6}})+"
    rf"|(?:(?<=叫)|(?<=我是)|(?<=名字是)|(?<=姓名)|^)[{TRANSLIT}]{{3,6}}(?![\u4e00-\u9fff])"
)
_PUT_TOGETHER: Final = re.compile(
    "(?:[一-鿿]字?[旁底]|[两三四]点水|草字?头|竹字头|宝盖头?|走之[底旁]?|绞丝旁?|提手旁?|[单双]人旁|提土旁|反犬旁?|雨字头)(?:[，,\\s]|右边|左边|下面|上面|里面)*(?:加上?|再加|[一是]个|那个|的)+个?[一-鿿](?=[，,。！？!?、\\s字]|$)"
    "|[左上]边?面?(?:是|一个|是个)+[一-鿿](?:字?[旁头])?[，,\\s]?[右下]边?面?(?:是|一个|是个)+[一-鿿]"
)
"""`王字旁加个令`, 左边一个女右边一个亭."""
_DRAWN: Final = re.compile("旁|[草字盖]头|点水|走之|[左上][边面]")
"""One of these is in each of them."""
_DOTTED: Final = re.compile(
    r"(?P<first>(?:(?![我您你他她是叫找和跟给的在请问好])[一-鿿]){1,7})·(?P<last>(?:(?![的在是吗呢吧了女先小太也都说这那不接欠借签刷拿买卖出回打来去过会要今明昨上下已还没有就把被让跟和你我他她您给本住])[一-鿿]){1,7})"
)
"""`卡洛斯·门德斯`, whatever its characters."""
_FIRST_NAME: Final = 3
"""Characters of a name in front of which a word is none of it."""
_OF_PLACE: Final = re.compile("[城苑园府湾店里郡镇县市区场号广路]$|小区$")
_BEFORE_NAME: Final = re.compile(rf"(?:{KIN}|{ROLE}|租客|保姆|同事|老板)+(?=[一-鿿])")
_OF_CLAN: Final = re.compile(
    rf"[{SINGLE}]氏[一-鿿]{{1,2}}(?=先生|女士|小姐|$|[，,。！？!?\s吗吧是的])"
)
"""A Vietnamese name of a woman: 阮氏红绒."""
_WRITTEN_OUT: Final = re.compile(
    "关耳郑|木易杨|禾口程|禾呈程|言川训|水工江|口木杏|木目相|日生星|立日章|言永咏|王令玲|文武斌|火韦炜|四维罗|四夕罗|西贝贾|又寸邓|登耳邓|鱼日鲁|卜上卡|人尔你|三画王|"
    "弓长张|西早覃|立早章|木子李|口天吴|耳东陈|双人徐|言午许|古月胡|三横王|草头黄|双口吕|走肖赵|人可何|卯金刀刘|文刀刘"
    "|双木林|言身寸谢|木土杜|十八子李|三划王|干勾于|人则仅余|美女姜|提土旁杜|双耳聂|马叉冯|两点水冯|示部祁"
    "|火化生华|大口吴|小月肖|草头萧|[三两]点水的?[汪沈江汤洪潘温]|走之旁的?[边连迟]|绞丝旁的?[纪练]|方块田"
)
"""`弓长张`."""
_DESCRIBED: Final = re.compile(
    rf"(?:^|(?<=[，,。！？!?、\s姓叫是字个]))(?P<whole>(?:(?P<part>{_HAN}{{1,2}}(?:字)?[旁头底框]|[一二三四两]点水)|(?P<in>{_HAN}{{2,3}}))"
    rf"的(?P<char>[{SINGLE}{''.join(sorted(GIVEN))}]))(?=[，,。！？!?、\s没吧啊呀对吗嘛哦]|不[是姓叫]|还是|那个|加|和|$)"
    rf"|单名一?个?(?P<only>{_HAN})(?:字|[，,。])"
)
"""`三点水的溪`, `锐利的锐`: which characters a name has."""
_SAID: Final = "(?![是我你他她了不就也都真])[一-鿿]"
_TOLD: Final = re.compile(
    rf"(?![姓叫字的个念还])(?:({_SAID})(?:{_SAID}){{1,3}}|{_SAID}({_SAID})(?:{_SAID}){{0,2}}"
    rf"|(?:{_SAID}){{2}}({_SAID})(?:{_SAID})?|(?:{_SAID}){{3}}({_SAID}))的(?:\1|\2|\3|\4)(?=[字，,。！？!?、\s不没老]|$)"
)
"""`仇恨的仇`, wherever it stands."""
_TOLD_SIGN: Final = re.compile(r"([一-鿿])[一-鿿]{0,3}的\1")
_RARE_FAMILY: Final = re.compile(
    r"(?<=姓)(?P<name>[一-鿿])(?:(?=[，,。！？\s]|$)|(?P<whole>(?P=name)[一-鿿]{1,2})(?=[，,。！？\s]|$))"
    r"|(?<=[是找])(?P<titled>[一-鿿])(?=先生|女士|小姐|太太)"
)
"""A family name that is on no list: 姓敬, 您是占先生吗."""
_NO_FAMILY: Final = frozenset("什啥氏名哪谁这那位个本的某女男同我你他她您咱俺它")
_WHOLE: Final = re.compile(
    rf"[\s，。,.!！?？、]*(?:嗯|对|是的?|好的?|呃|我是|我叫|叫|您好|你好|喂|啊)*[\s，,、。]*(?P<name>{_FAMILY}{_HAN}{{1,2}})(?:啊|呀|吧|哦|本人)?[\s，。,.!！?？、]*"
)
_HAS_LATIN: Final = re.compile("[A-Za-z]{3}")
_LATIN: Final = re.compile(
    rf"(?:叫做?|[名字]是?|我是|我系|找|{KIN}|{ROLE}|老板|同事|经理|请问|喂|[您你]好|(?P<vague>[的跟和给让问]))[，,\s]?(?P<name>[A-Za-z]{{3,12}})(?![A-Za-z0-9@._\-])"
)
"""A given name of another tongue in a Chinese sentence: 我老板 Peter."""
_PINYIN: Final = re.compile(
    r"(?P<hailed>(?<![A-Za-z])[A-Z][a-z]{1,14})(?=先生|女士|小姐|太太)|[写是叫为：:]\s?(?P<large>[A-Z]{2,8}(?:\s[A-Z]{2,8}){1,2})(?![A-Za-z0-9])"
)
"""`Tanaka 女士`, `收件人写 WANG FANG`."""
_ALONE: Final = re.compile(rf"\s*(?:嗯|哦|我|免贵|是|，|,)*(?P<name>{_FAMILY})[。.！!]?\s*")


def find_chinese_names(
    text: str, asked: Asked, gaps: frozenset[int] = frozenset()
) -> Iterator[Entity]:
    """Yield the names of a text in simplified characters without spaces between them.

    `gaps` are the places where a recogniser parted the words.
    """
    for one in _candidates(text, asked, gaps):
        is_of_firm = len(one.value) > 1 and _OF_FIRM.match(text, one.end) is not None
        if not is_of_firm and not is_brand(text, one):
            yield one


def _candidates(text: str, asked: Asked, gaps: frozenset[int]) -> Iterator[Entity]:
    is_asked = Kind.NAME in asked.kinds
    for found in _FOREIGN.finditer(text):
        yield _entity(text, *found.span(), "a name of another tongue")
    yield from _dotted(text) if "·" in text else ()
    for found in _OF_CLAN.finditer(text) if "氏" in text else ():
        yield _entity(text, *found.span(), "a name of another tongue")
    for found in _WRITTEN_OUT.finditer(text):
        yield _entity(text, *found.span(), "told by its parts")
    for found in _PUT_TOGETHER.finditer(text) if _DRAWN.search(text) is not None else ():
        yield _entity(text, *found.span(), "told by its parts")
    for found in _DESCRIBED.finditer(text) if "的" in text or "单名" in text else ():
        if found["in"] is None or found["char"] in found["in"]:
            part = "only" if found["only"] else "whole"
            yield _entity(text, *found.span(part), "told by its characters")
    people = find_people(text, is_asked=is_asked, gaps=gaps)
    for start, end in people:
        yield _entity(text, start, end, "where a name stands")
    for start, end in find_called(text, dict(people), is_asked=is_asked):
        yield _entity(text, start, end, "said to be a name")
    for found in _FAMILY_SAID.finditer(text) if "姓" in text else ():
        yield _entity(text, *found.span("name"), "after 姓")
        if found["given"]:
            start = found.start("given")
            end = start + len(_until_stop(found["given"]))
            if end > start:
                yield _entity(text, start, end, "after 姓")
    for found in _TOLD.finditer(text) if _TOLD_SIGN.search(text) is not None else ():
        if text[found.end() - 1] not in STOP:
            yield _entity(text, *found.span(), "told by its characters")
    for found in _RARE_FAMILY.finditer(text):
        part = "name" if found["name"] else "titled"
        if found[part] not in _NO_FAMILY:
            yield _entity(text, *found.span(part), "after 姓")
            if found["whole"]:
                yield _entity(text, *found.span("whole"), "after 姓")
    for found in _LATIN.finditer(text) if _HAS_LATIN.search(text) is not None else ():
        name, word = found["name"], found["name"].lower()
        is_plain = is_common(word) and (found["vague"] or name == word)
        is_own = name.istitle() and not found["vague"] and is_strange(word)
        if (is_listed(word) and not is_plain) or is_own:
            yield _entity(text, *found.span("name"), "a given name in a Chinese sentence")
    for found in _PINYIN.finditer(text) if _HAS_LATIN.search(text) is not None else ():
        yield _entity(text, *found.span(found.lastgroup or ""), "a name in Latin letters")
    whole = _WHOLE.fullmatch(text)
    if whole is not None and _is_name(whole["name"], is_sure=is_asked):
        yield _entity(text, *whole.span("name"), "nothing but a name")
    alone = _ALONE.fullmatch(text) if is_asked else None
    if alone is not None:
        yield _entity(text, *alone.span("name"), "nothing but a family name")


def _dotted(text: str) -> Iterator[Entity]:
    """Yield names in parts that a dot joins, and no places."""
    for found in _DOTTED.finditer(text):
        before = _BEFORE_NAME.match(found["first"])
        start = found.start() + (before.end() if before is not None else 0)
        while found.end("first") - start > _FIRST_NAME and is_word(text[start : start + 2]):
            start += 2
        is_place = _OF_PLACE.search(found["first"]) or _OF_PLACE.search(found["last"])
        if not is_place and not is_word(found["first"]):
            yield _entity(text, start, found.end(), "a name of another tongue")


def _until_stop(text: str) -> str:
    """Return a text up to the first character that is in no given name."""
    for place, char in enumerate(text):
        is_name = char in GIVEN and (place == 0 or char == text[place - 1])
        if (char in STOP and not is_name) or not re.match(_HAN, char):
            return text[:place]
    return text


def _is_name(name: str, is_sure: bool) -> bool:
    """Tell whether characters that begin with a family name are a name."""
    family = 2 if re.match(DOUBLE, name) else 1
    given = name[family:]
    if not given or given in TITLES or is_word(name[:2]) or is_word(name):
        return False
    if is_sure or family == 2:
        return given[0] not in STOP or given[0] in GIVEN
    return all(char in GIVEN for char in given)


def _entity(text: str, start: int, end: int, why: str) -> Entity:
    return Entity(Kind.NAME, start, end, why, text[start:end])
