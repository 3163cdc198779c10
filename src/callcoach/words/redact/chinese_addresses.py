"""Finds addresses in Chinese: 省市区路号, buildings and rooms, 住在 and 地址是."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from callcoach.words.redact.chinese_place_words import Part
from callcoach.words.redact.chinese_places import PROVINCE, Chain, is_address, read_places
from callcoach.words.redact.model import Asked, Entity, Kind

_PROVINCES: Final = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川"
    "|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|重慶|江蘇|廣東|臺灣|廣西|雲南|貴州"
)
_CITIES: Final = (
    "广州|深圳|杭州|南京|苏州|成都|武汉|西安|长沙|郑州|青岛|大连|宁波|厦门|福州|济南|沈阳|哈尔滨|长春|合肥|昆明"
    "|南宁|南昌|贵阳|太原|石家庄|兰州|乌鲁木齐|呼和浩特|银川|西宁|海口|三亚|拉萨|东莞|佛山|无锡|常州|温州|嘉兴"
    "|绍兴|金华|泉州|珠海|中山|惠州|烟台|潍坊|徐州|南通|扬州|洛阳|保定|唐山|九龙|新界|港岛|台北|新北|桃园|台中|台南|高雄|廣州|蘇州|長沙|武漢"
)
_HAN: Final = "[\u4e00-\u9fff]"
_NUM: Final = "(?:[0-9０-９]+|[零〇一二三四五六七八九十百幺]+)"
_VILLAGE: Final = (
    rf"{_HAN}{{1,6}}?(?:村|屯|庄|社区|小区|花园|家园|公寓|大厦|广场|苑|新村|官邸|府|城|里|园|公馆"
    "|邨|湾|郡|庭|居)"
)
_HOUSE: Final = (
    rf"(?:{_NUM}(?:-{_NUM})?(?:号院|号楼|号|巷|弄|栋|幢|座|单元|门|层|楼|室|房|户|组|组团|期|区|街坊|排|铺|档|梯|号铺|社|队)(?:之{_NUM})?"
    rf"|[A-Za-z][0-9]{{0,4}}[座栋室区]|{_NUM}-{_NUM}(?:-{_NUM})?"
    rf"|(?<=[室楼号院元栋幢座层])(?:[0-9]{{2,4}}|[零〇一二三四五六七八九幺]{{3,4}})室?)"
)
_BESIDE: Final = (
    "(?:斜对面|正对面|对面|旁边|旁|隔壁|后面|后头|前面|门口|边上|楼上|楼下|背后|[东西南北]边)"
)
_NAMING: Final = "(?![我你您他她它们的了是在有没到去从这那个年全就寄送住搬往刚才])[\u4e00-\u9fff]"
_MARK: Final = (
    "村委会?|居委会|大队部?|村口|桥头|卫生院|医院|小学|中学|学校|幼儿园|大学|菜场|菜市场|农贸市场|市场|超市|商场|加油站|车站"
    "|地铁站|火车站|汽车站|邮局|派出所|银行|信用社|供销社|公园|广场|工业园|工地|水库|祠堂|庙|礼堂|电影院|宾馆|饭店|茶楼|厂"
)
_LANDMARK: Final = re.compile(
    rf"(?:{_NAMING}){{2,5}}?(?:(?:村|屯|庄|寨|湾)(?:[东西南北]头|里)?第?{_NUM}[家户]|(?:镇|乡|村|屯|庄)(?:街上|集上|口|(?:{_NAMING}){{0,6}}?(?:{_MARK})(?:的?{_BESIDE})?)"
    rf"|(?:街道|县|区|市)(?:{_NAMING}){{0,6}}?(?:{_MARK})的?{_BESIDE})"
)
"""`柳林镇街上`, `大桥村村委会旁边`."""
_BLOCK: Final = re.compile(
    rf"(?:{_NAMING}){{2,10}}?(?:[A-Za-z][区座])?[A-Za-z]?{_NUM}(?:(?:栋|幢|号楼)(?!楼?下面)|楼(?={_NUM}))(?:{_NUM}单元)?(?:{_NUM}(?:室|房|号)?)?(?![0-9元块个天])"
    rf"|(?:{_NAMING}){{2,5}}?(?:路|街|大道|巷|小区)(?=的?[新老旧]?地址)"
    rf"|(?:{_NAMING}){{2,10}}?(?:邨|村|苑|阁|城|园)(?:{_NAMING}){{1,4}}?(?:楼|阁|座)(?:{_NUM}楼)?{_NUM}(?:室|房|号)?(?![0-9元块个天])"
)
"""`清湖C区11栋607`, `富善邨善翠楼1809`."""
_LEAD: Final = re.compile(
    r"(?:(?:家庭|收货|邮寄|郵寄|通讯|通訊|联系|住宅|家里|公司|单位|现|新|居住|户籍|身份证)*(?:地址|住址|住所)(?:就)?(?:是在|是|为|在|改成|改为|写|租在|租|：|:)?"
    r"|门牌(?:号码?)?(?:是|为|：|:)?|登记的(?:地址)?(?:就?是|在)|(?<=[我你您他她们家在还])住(?![院宿不了过的几多户房址得])(?:在|进|到)?"
    r"|(?:^|(?<=[，,。\s]))住(?![院宿不了过的几多户房址得])|(?:住在|家住|现住|租住|租在|租到|住到|搬进|搬回|现在住在?|单位在|公司在|家在|房子在|店在"
    r"|铺子在|厂在|搬到(?:了)?|搬咗去|住喺|搬去(?:了)?|寄到|寄往|寄去|寄给|邮寄到|送到|送去|户口还?在|现在在|(?:信|东西|快递|包裹|货)寄(?:到|给)?|[柜站场厂地]在|摊位?在|门市在|户籍在?|老家就?(?:在|是)?|房子在|搬家了[，,]|籍贯(?:是)?))\s*"
)
_WEAK_LEAD: Final = re.compile(
    r"就在|就是|(?:快递|东西|货|信|包裹)?(?:放|送|寄)(?:在|到)?|人在(?=[\u4e00-\u9fff]{2,8}(?:租房|租的|打工|上班))|我们?家?(?:的?店|公司|单位|宿舍)?在|(?:^|[，,。\s])在"
)
"""Behind these a place is no address unless a house or what stands beside it is told."""
_PLACE_OF: Final = re.compile(
    rf"(?:{_NAMING}){{2,8}}?(?:路|街|大道|巷)[与和跟](?:{_NAMING}){{1,6}}?(?:路|街|大道|巷)(?:交叉口|路口|交汇处|口)"
    rf"|(?:{_NAMING}){{2,8}}?(?:国际|名都|华府|豪庭|公馆|花园|小区|新村|家园|公寓|大厦|雅苑|华庭|名城|新城|半岛|山庄|苑|府)(?=[那这的]+(?:套|个)?房)"
)
"""`人民路和中山街路口`, `滨江国际那套房子`."""
_ANCHOR: Final = re.compile(
    rf"{_PROVINCES}|{_CITIES}|[路街巷弄区县區縣镇村栋幢座]|道(?=[0-9一二三四五六七八九十])|单元|小区|花园|大道|号院|号楼|[邨阁]|楼(?=[0-9])"
)
_LEADS_OUT: Final = re.compile(
    r"(?:是|叫|了|在|住|被|给|到|从(?!化|江)|往|回(?!龙|民|族|兴)|说|于)"
)
"""What is in no name of a place: it begins behind."""
_LED_BY: Final = re.compile(
    r"(?:老家|嘛|人在|公司|国内|收件|收货|邮寄|家庭|住址|门牌|[妈爸哥姐弟妹叔姨舅姑]家|奶奶家|爷爷家|婆家|娘家|了|还是|没变|不变|变|我|你|您|他|她|是|在|住|到|寄|的|家|就|现在|从|去|房子|店|工地|厂|搬|送|信(?=[寄送请还就])|坐落|坐|落|位于|于|单位|位|对|嗯|改成|改为|写|租在|租|快递|放在|放|改|为|至|往|那个|这个|地址)+"
)
"""Words that lead to an address, or fragments of them."""
_SHORT: Final = 2
"""Characters of what is no name of an estate."""
_FIRST: Final = 12
"""Characters at its beginning in which one may be."""
_HOUSES: Final = re.compile(rf"(?:{_HOUSE}[\s，,]?){{2,}}")
_SPOKEN_OF: Final = re.compile(
    f"搬|家在|租在|驿站|保安亭|传达室|代收点|快递柜|前台|地址|住|门牌|老家|邮编|户籍|宿舍|家属院|{_BESIDE}"
)
_END: Final = re.compile(
    r"[。！？!?；;\n]|就(?:行|好|可以|成|是)|即可|可以|行吗|行不行|租的|上班|打工|开小?店|摆摊|做生意|做事|这边|那边|(?:[，,\s](?:请|麻烦|谢谢|我|你|您|电话|手机|邮编|可以|对吗|是吗|吗|因为|所以|就))|让|对[吧吗不]|[被没—…]|不是|不对|然后|的(?!士|[\u4e00-\u9fff]{0,4}(?:超市|店|小卖部|宿舍|巷|小区|家属院|楼|院子?里?|平房|出租屋|公寓|那栋|村|铺))|了|吗|吧|呢|呀|邮编"
)
_TRAPS: Final = (
    "这里",
    "那里",
    "哪里",
    "家里",
    "公里",
    "知道",
    "渠道",
    "一道",
    "道路",
    "地道",
    "报道",
    "街上",
    "路上",
    "小区里",
    "城里",
    "心里",
    "市里",
    "区里",
    "里面",
)
_COMMA: Final = re.compile("[，,]")
_PLACED: Final = re.compile(f"{_HOUSE}|{_VILLAGE}|宿舍|{_BESIDE}|[镇乡村集]街?上")
_BESIDE_SOMETHING: Final = re.compile(
    rf"(?:{_MARK}|[路街巷村镇店馆铺站院])的?{_BESIDE}|宿舍|家属院|(?:小区|花园|公寓|[东西南北]门).*(?:丰巢|驿站|快递柜|门卫|保安室)"
    r"|(?:菜鸟|快递)?驿站|保安亭|传达室|代收点|快递柜|物业前台|[镇乡村]上"
    rf"|{_NUM}(?:号楼|栋|幢|单元|组|排)"
)
_SPEAKS: Final = re.compile("周边|附近|酒店|有|没|不|想|要|帮|能|(?<!委)会|推荐|怎么|什么|哪")
"""Words of a sentence that goes on behind an address, or never named one."""
_FAMILIAR: Final = re.compile("(?:家里|公司|单位|老家|这里|那边|店里|里)(?=[，,：:])")
"""What is said of a place before it is named."""
_HOME_BEHIND: Final = re.compile("的?(?:老家|家里|那边老家|乡下)")
_HOME: Final = re.compile(
    "(?:地址就?是|住址就?是|寄到|送到|单位在|公司在|住在|家住|现住|(?:^|(?<=[我就，"
    ",家人 ]))住|搬到了?|搬去了?|租在|住到|"
    "搬进|(?<![厂商国大专店买卖卡独])家在|老家是)(?P<place>(?![我你您他她它这那哪])"
    "(?:(?![的了吗吧呢啊呀就都也和跟是在住去来])[一-鿿0-9]){2,8}?)(?=[，,。！？!?\\"
    "s]|$|的?[那这]边|附近|[了的吧呢啊呀])"
)
"""A home that nothing but its name tells: 住在望京, 搬到五道口了."""
_NEAR: Final = re.compile("(?:[人租放搬退送还就]|[我咱]们?)(?:[在住到去]|家)?$")
"""Behind these more than one part of a place is an address."""
_LIVES: Final = re.compile("(?:[住搬][在到去]?了?|家在|租在)$")
"""Behind these the name of a town is somebody's home."""
_TALK_BEHIND: Final = re.compile(
    "[我你您他她它是有没不要想来做开打就都也还被把给让说发因所吃干过等这一收退换呢吗吧呀啊哦和跟两几第]|[那在去到](?!个)"
)
"""Behind a place this goes on with something else."""
_NAMED_PLACE: Final = re.compile(
    "(?:小区|楼盘|村子?|镇子?|街道|那条[路街]|公寓)(?:名字?)?(?:就?叫|名字?是)(?P<place>(?:(?![什啥哪我你您的了吗])[一-鿿]){2,8}?)(?=[，,。！？\\s]|$|的)"
)
"""`小区叫锦绣江南`."""
_NO_HOME: Final = re.compile(
    "错|对|多少|正确|真|假|空|单位|前台|驿站|门口|家|院|宿|了|房|过|满|得|惯|进|这|那|校|一起|一块|家里|自己|公司|医院|病房|朋友|亲戚|乡下|农村|城里|城市|外面|外地|国外|别人|单位|工地|学校|隔壁|楼[上下]|同|父母|爸|妈|娘家|婆家|老公|老婆|男友|女友|儿子|女儿|孩子|宿舍|出租|酒店|宾馆|旅馆|厂|里面|另外|新房|旧房|老房|原来|以前|什么|多久|很|不|没|还|车里|店里|郊区|市区|县城|镇上|村里|山里|海边|河边|姐|哥|弟|妹|叔|姨|舅|姑|奶|爷|二手|新家|对面|附近|地下室|平房|楼房|小区|租|哪|几|一个|几个"
)
_MOST = 60


def find_chinese_addresses(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield the addresses of a text in simplified characters without spaces between them."""
    if _ANCHOR.search(text) is None and _SPOKEN_OF.search(text) is None:
        yield from _chains(text, asked, (), tuple(read_places(text)))
        return
    for home in _HOME.finditer(text):
        start, end = home.span("place")
        if _NO_HOME.match(text, start) is None and _SPEAKS.search(home["place"]) is None:
            yield Entity(Kind.ADDRESS, start, end, "after 住在", home["place"])
    for named in _NAMED_PLACE.finditer(text):
        yield Entity(Kind.ADDRESS, *named.span("place"), "said to be a place", named["place"])
    leads = [found.end() for found in _LEAD.finditer(text)]
    chains = tuple(read_places(text, leads))
    ends = {begin: end for _, begin, end in chains}
    for lead in leads:
        yield from _after(text, lead, ends)
    for weak in _WEAK_LEAD.finditer(text):
        yield from _after(text, weak.end(), ends, _BESIDE_SOMETHING)
    for place in _PLACE_OF.finditer(text):
        start = _trim(text, *place.span())
        yield Entity(Kind.ADDRESS, start, place.end(), "at a crossing", text[start : place.end()])
    if Kind.ADDRESS in asked.kinds and not leads:
        yield from _after(text, 0, ends)
    is_whole = Kind.ADDRESS in asked.kinds or _HOUSES.fullmatch(text) is not None
    for house in _HOUSES.finditer(text) if is_whole else ():
        yield Entity(Kind.ADDRESS, *house.span(), "house and room", house.group())
    yield from _landmarks(text)
    yield from _chains(text, asked, leads, chains)


def _chains(
    text: str, asked: Asked, leads: Sequence[int], chains: Sequence[Chain]
) -> Iterator[Entity]:
    """Yield what is named part by part."""
    is_asked = Kind.ADDRESS in asked.kinds
    for parts, begin, end in chains:
        behind = max((lead for lead in leads if begin < lead < end - 2), default=begin)
        start = _trim(text, behind, end)
        has_lead = any(begin <= lead <= start for lead in leads)
        has_lead = has_lead or _HOME_BEHIND.match(text, end) is not None
        before = text[max(start - 4, 0) : start]
        is_town = parts == (Part.REGION,) and PROVINCE.fullmatch(text, start, end) is None
        is_home = is_town and (is_asked or _LIVES.search(before) is not None)
        is_home = is_home or (has_lead and Part.LOOSE in parts and end - start > _SHORT)
        if is_home or is_address(
            parts,
            text[start:end],
            text[end : end + 8],
            is_led=is_asked or has_lead,
            is_near=_NEAR.search(before) is not None,
        ):
            yield Entity(Kind.ADDRESS, start, end, "part by part", text[start:end])


def _landmarks(text: str) -> Iterator[Entity]:
    """Yield places that are told by what stands there, and buildings with a room."""
    for found in _LANDMARK.finditer(text):
        start = _trim(text, *found.span())
        part = text[start : found.end()]
        if len(part) >= 4 and _SPEAKS.search(part) is None:
            yield Entity(Kind.ADDRESS, start, found.end(), "beside a landmark", part)
    for found in _BLOCK.finditer(text):
        start = _trim(text, *found.span())
        yield Entity(Kind.ADDRESS, start, found.end(), "house and room", text[start : found.end()])


def _trim(text: str, start: int, end: int) -> int:
    """Return where an address begins, without the words that lead to it."""
    lead = _LED_BY.match(text, start, end)
    start = lead.end() if lead is not None and lead.end() < end - 2 else start
    for word in _LEADS_OUT.finditer(text, start, min(start + _FIRST, end - 3)):
        start = word.end()
    return start


def _after(
    text: str, at: int, ends: Mapping[int, int], sign: re.Pattern[str] | None = None
) -> Iterator[Entity]:
    """Yield what stands behind 地址是 or 住在, if it speaks of a place, and holds the sign.

    `ends` are where the places end that are named part by part, by where they begin.
    """
    stop = _END.search(text, at)
    end = min(stop.start() if stop else len(text), at + _MOST)
    inner = _FAMILIAR.match(text, at, end)
    at = inner.end() if inner is not None else at
    while at < end and text[at] in " ，,":
        at += 1
    end = next(
        (
            cut.start()
            for cut in _COMMA.finditer(text, at, end)
            if not _is_placed(text[cut.end() : end])
        ),
        end,
    )
    at = _trim(text, at, end)
    inner = _FAMILIAR.match(text, at, end)
    at = inner.end() + 1 if inner is not None else at
    end -= text[at:end].endswith(("住", "去", "来", "开"))
    named = ends.get(at, end)
    end = named if named < end and _TALK_BEHIND.match(text, named) is not None else end
    part = text[at:end]
    is_signed = sign is None or sign.search(part) is not None
    if (
        len(part) >= 2
        and is_signed
        and _is_placed(part)
        and not any(trap in part for trap in _TRAPS)
    ):
        yield Entity(Kind.ADDRESS, at, end, "after 地址 or 住在", part)


def _is_placed(part: str) -> bool:
    """Tell whether a part of a sentence names a place, a road or a house, and is no sentence."""
    is_place = _ANCHOR.search(part) is not None or _PLACED.search(part) is not None
    return is_place and _SPEAKS.search(part) is None
