"""Finds names in Chinese: after 我叫, 我姓 and 您是, before 先生 and 女士, alone in a turn."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.chinese_people import find_people
from callcoach.words.redact.chinese_tables import (
    BRANDS,
    DOUBLE,
    DOUBLES,
    GIVEN,
    KIN,
    NICKED,
    OFTEN_WORDS,
    ROLE,
    SINGLE,
    SOUNDS,
    STOP,
    TITLES,
    TRANSLIT,
    WORDS,
)
from callcoach.words.redact.model import Asked, Entity, Kind

_OF_FIRM: Final = re.compile(
    "银行|租赁|融资|资|保理|数科|乐购|服务|法务|管理|咨询|金融|分期|消费|科技|公司|小贷|贷|保险|集团|证券|超市|酒店|地产|汽车|外卖|快递|物流|教育|医院|大学|电器|商城"
)
"""Behind a name these make it a firm's: 惠民分期."""
_FAMILY: Final = rf"(?:{DOUBLE}|[{SINGLE}])"
_HAN: Final = "[\u4e00-\u9fff·]"
_FIRM: Final = (
    "公司|金融|银行|集团|中心|平台|客服部|部门|科技|信贷|消金|分期|小贷|贷款|网贷|保险|律所|法务部?"
)
_KIN_BEFORE: Final = re.compile(rf"(?:{KIN}|{ROLE})(?:叫|是)?$")
_CALLED: Final = "叫做?|名叫|是|就是|叫|为|[：:]"
_SURE: Final = re.compile(
    rf"(?:我叫|名叫|叫做|(?:名字|姓名|全名|本名|户名|大名)(?:上?写的)?(?:就)?(?:是|叫|为|[：:])?"
    rf"|(?:持卡人|联系人)(?:是|叫|：|:))\s*(?P<name>{_FAMILY}{_HAN}{{1,3}})"
)
_MEANT: Final = re.compile(
    rf"(?:我就?是|[您你他她]就?是|请问是|是不是|这里是|这边是|找一下|找|联系一下|联系|[您你]好[，,]?|对[，,]?我是|认识"
    rf"|麻烦|转告|通知|帮我叫|没有|有个|喊|问问|去问|你问|我跟|我和|这个?是|[我他她你您]?(?:{KIN})(?:叫|是)?|(?:{ROLE})(?:{_CALLED})?"
    rf"|(?:{_FIRM})的(?:{ROLE})?|我(?:这边)?是{_HAN}{{2,8}}?的(?:{ROLE}|法务)?|叫|上面?写的?是|写的是|登记的是)\s*(?P<name>{_FAMILY}{_HAN}{{1,2}})"
)
_FAMILY_SAID: Final = re.compile(
    rf"(?:免贵姓|免貴姓|我姓|您姓|贵姓|他姓|她姓|姓)\s*(?P<name>{_FAMILY})(?!名|氏)"
    rf"(?:[，,]?\s*(?:(?:叫|名)\s*(?P<given>{_HAN}{{1,2}})|(?P<again>(?P=name)){_HAN}{{1,2}}))?"
)
_FOREIGN: Final = re.compile(
    rf"[{TRANSLIT}]{{2,6}}·[{TRANSLIT}]{{2,6}}"
    rf"|[{SOUNDS}{TRANSLIT}]{{2,6}}(?:·[{SOUNDS}{TRANSLIT}]{{2,6}})+"
    rf"|(?:(?<=叫)|(?<=我是)|(?<=名字是)|(?<=姓名)|^)[{TRANSLIT}]{{3,6}}(?![\u4e00-\u9fff])"
)
_WRITTEN_OUT: Final = re.compile(
    "弓长张|立早章|木子李|口天吴|耳东陈|双人徐|言午许|古月胡|三横王|草头黄|双口吕|走肖赵|人可何|卯金刀刘|文刀刘"
    "|双木林|言身寸谢|木土杜|十八子李|三划王|干勾于|人则仅余|美女姜|提土旁杜|双耳聂|马叉冯|两点水冯|示部祁"
    "|火化生华|大口吴|小月肖|草头萧|[三两]点水的?[汪沈江汤洪潘温]|走之旁的?[边连迟]|绞丝旁的?[纪练]|方块田"
)
"""`弓长张`."""
_DESCRIBED: Final = re.compile(
    rf"(?:[姓叫名字]|[，,。\s]|是){_HAN}{{0,4}}?[，,。\s]?(?P<whole>(?:[一二三四两]点水|{_HAN}字[旁头底]|{_HAN}[旁头]|(?P<in>{_HAN}{{2,3}}))"
    rf"的(?P<char>{_HAN}))(?=[，,。！？!?\s不没吧啊呀对]|$)"
    rf"|单名一?个?(?P<only>{_HAN})(?:字)"
)
"""`三点水的溪`, `锐利的锐`: which characters a name has."""
_TITLE: Final = re.compile(
    rf"(?P<name>{_FAMILY}{_HAN}{{0,2}}?)(?:先生|女士|小姐|太太|老师|师傅|经理|主任|主管|总监|科长|处长|局长|所长|店长|班长|村长|书记|支书|法官|护士|房东|教练|律师|医生|大夫|队长|厂长"
    rf"|校长|会计|警官|同志|大哥|大姐|大爷|大妈|阿婆|阿公|阿伯|婆婆|伯伯|姑娘|大娘|大叔|大嫂|阿姨|叔叔|爷爷|奶奶|老板娘?)"
)
_CLOSE: Final = re.compile(
    rf"(?:(?<!{_HAN})|(?<=[是找喂好那请的对让跟给居友]))(?P<name>[{SINGLE}])(?=(?:[姐哥叔姨嫂婶伯太生]|队(?![伍员友列长]))(?![气意活日产]))"
)
"""`周姐`, `陈生`."""
_CHIEF: Final = re.compile(
    rf"(?<!{_HAN})(?P<name>[{SINGLE}])总(?=您|你|好|[，,。！!？?\s]|在|啊|$)"
)
_TWICE: Final = re.compile(
    rf"(?P<name>(?P<family>{_FAMILY}){_HAN}{{1,2}})(?=(?P=family)(?:先生|女士|小姐|太太|老师|师傅|经理|老板|总))"
)
"""`林志明林先生`."""
_SMALL: Final = "时米车麦路区心花项计钱单店事额孩数票吃包龙卷房门儿子家姐妹弟哥组费块产"
"""小 before these is no name: 小时, 小区."""
_GIVEN: Final = "".join(sorted(GIVEN))
_OF_FRIENDS: Final = "".join(sorted(GIVEN - set("大小多天力长三二老")))
_FRIEND: Final = re.compile(
    rf"(?<!{_HAN})(?P<name>[{_OF_FRIENDS}])(?=[哥姐](?:[，,。！!？?\s您你]|$))"
)
"""`宝哥`: a given name, where somebody is called."""
_ENDS: Final = "".join(sorted(STOP)) + "早借该欠总跟那这今昨前两一"
"""What may stand behind a nickname."""
_NICK: Final = re.compile(
    rf"(?<![大最多更很])(?!老赖)(?P<name>[老小阿][{NICKED}])(?=[{_ENDS}？?\s]|$)"
    rf"|(?:我叫|叫我|我是|的|专员|客服|顾问|坐席|经理)(?P<own>[小阿](?![{_SMALL}])[{SINGLE}{_GIVEN}])(?=[，,。！!？?\s就吧]|$)"
    rf"|(?:^|[，,。\s是找叫])(?P<given>[阿小][芳芬红丽梅兰英霞燕娟珍玲萍艳强军明刚勇伟辉华珠莲凤])(?=[，,。！!？?\s]|您|你|啊|在|不在|吗|$)"
)
_WHOLE: Final = re.compile(
    rf"[\s，。,.!！?？、]*(?:嗯|对|是的?|好的?|呃|我是|我叫|叫|您好|你好|喂|啊)*[\s，,、。]*(?P<name>{_FAMILY}{_HAN}{{1,2}})(?:啊|呀|吧|哦|本人)?[\s，。,.!！?？、]*"
)
_ALONE: Final = re.compile(rf"\s*(?:嗯|哦|我|免贵|是|，|,)*(?P<name>{_FAMILY})[。.！!]?\s*")
_HAS_FAMILY: Final = re.compile(_FAMILY)


def find_chinese_names(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield the names of a text in simplified characters without spaces between them."""
    for one in _candidates(text, asked):
        is_of_firm = len(one.value) > 1 and _OF_FIRM.match(text, one.end) is not None
        if not is_of_firm and BRANDS.match(text, one.start) is None:
            yield one


def _candidates(text: str, asked: Asked) -> Iterator[Entity]:
    for found in _FOREIGN.finditer(text):
        yield _entity(text, *found.span(), "a name of another tongue")
    for found in _WRITTEN_OUT.finditer(text):
        yield _entity(text, *found.span(), "told by its parts")
    for found in _DESCRIBED.finditer(text) if "的" in text or "单名" in text else ():
        if found["in"] is None or found["char"] in found["in"]:
            part = "only" if found["only"] else "whole"
            yield _entity(text, *found.span(part), "told by its characters")
    for found in _NICK.finditer(text):
        yield _entity(text, *found.span(found.lastgroup or "name"), "after 老 or 小")
    for start, end in find_people(text):
        yield _entity(text, start, end, "where a name stands")
    if _HAS_FAMILY.search(text) is None:
        return
    for found in _SURE.finditer(text):
        yield from _name(text, found.start("name"), 4, "after 我叫", is_sure=True)
    for found in _FAMILY_SAID.finditer(text):
        yield _entity(text, *found.span("name"), "after 姓")
        if found["again"] and not re.match(
            rf".{{1,2}}的{found['name']}", text[found.start("again") + 1 :]
        ):
            yield from _name(text, found.start("again"), 3, "after 姓", is_sure=True)
        elif found["given"]:
            start = found.start("given")
            end = start + len(_until_stop(found["given"]))
            if end > start:
                yield _entity(text, start, end, "after 姓")
    for found in _MEANT.finditer(text):
        yield from _name(text, found.start("name"), 3, "after 我是", is_sure=False)
    for found in _TITLE.finditer(text):
        yield from _titled(text, found)
    for found in _CLOSE.finditer(text):
        if found["name"] not in OFTEN_WORDS:
            yield _entity(text, *found.span("name"), "before 姐")
    for found in _FRIEND.finditer(text):
        yield _entity(text, *found.span("name"), "before 哥")
    for found in _CHIEF.finditer(text):
        yield _entity(text, *found.span("name"), "before 总")
    for found in _TWICE.finditer(text):
        yield _entity(text, *found.span("name"), "said twice")
    whole = _WHOLE.fullmatch(text)
    is_asked = Kind.NAME in asked.kinds
    if whole is not None and _is_name(whole["name"], is_sure=is_asked):
        yield _entity(text, *whole.span("name"), "nothing but a name")
    alone = _ALONE.fullmatch(text) if is_asked else None
    if alone is not None:
        yield _entity(text, *alone.span("name"), "nothing but a family name")


def _name(text: str, start: int, most: int, why: str, is_sure: bool) -> Iterator[Entity]:
    """Yield the name that begins at `start`: a family name and one or two characters."""
    family = 2 if text[start : start + 2] in DOUBLES else 1
    if text[start + family : start + family + 2] in TITLES:
        return
    given = _until_stop(text[start + family : start + min(most, family + 2)])
    if not given:
        return
    if not is_sure or len(given) == 2:
        follows = text[start + family + len(given) : start + family + len(given) + 1]
        is_cut = not follows or not re.match(_HAN, follows) or follows in STOP
        if len(given) == 2 and not (given[1] in GIVEN or (is_cut and is_sure)):
            given = given[:1]
    name = text[start : start + family] + given
    is_near = (
        len(given) == 2
        and given[1] in GIVEN
        and _KIN_BEFORE.search(text[max(start - 8, 0) : start])
    )
    if _is_name(name, is_sure or bool(is_near)):
        yield _entity(text, start, start + len(name), why)


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
    if len(given) == 2 and given[0] == "氏":
        return given[1] in GIVEN
    if not given or given in TITLES or name[:2] in WORDS or name in WORDS:
        return False
    if is_sure or family == 2:
        return given[0] not in STOP or given[0] in GIVEN
    return all(char in GIVEN for char in given)


def _titled(text: str, found: re.Match[str]) -> Iterator[Entity]:
    """Yield the name before 先生: the shortest that fits, begun where a name can begin."""
    name = found["name"]
    start = found.start("name")
    end = found.end("name")
    if len(name) == 1 and text[max(start - 1, 0) : end] in WORDS:
        return
    if len(name) == 1 or name in DOUBLES:
        yield _entity(text, start, end, "before 先生")
        return
    for at in range(start, end):
        part = text[at:end]
        if part[:2] in WORDS or text[max(at - 1, 0) : at + 1] in WORDS:
            continue
        is_family_alone = (part in SINGLE and part not in OFTEN_WORDS) or part in DOUBLES
        if is_family_alone or (_HAS_FAMILY.match(part) and _is_name(part, is_sure=False)):
            yield _entity(text, at, end, "before 先生")
            return


def _entity(text: str, start: int, end: int, why: str) -> Entity:
    return Entity(Kind.NAME, start, end, why, text[start:end])
