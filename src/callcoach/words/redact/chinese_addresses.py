"""Finds addresses in Chinese: 省市区路号, buildings and rooms, 住在 and 地址是."""

import re
from collections.abc import Iterator
from typing import Final

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
_REGION: Final = (
    rf"(?:(?:{_PROVINCES})(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)?|(?:{_CITIES})市?"
    rf"|{_HAN}{{2,4}}?(?:省|市|自治州|地区))"
)
_DISTRICT: Final = rf"{_HAN}{{1,5}}?(?:区|县|區|縣|旗|镇|鎮|乡|鄉|街道|新区|开发区)"
_VILLAGE: Final = (
    rf"{_HAN}{{1,6}}?(?:村|屯|庄|社区|小区|花园|家园|公寓|大厦|广场|苑|新村|官邸|府|城|里|园|公馆"
    "|邨|湾|郡|庭|居)"
)
_ROAD: Final = (
    rf"{_HAN}{{1,6}}?(?:大道|大街|路|街|巷|弄|胡同|里|道)(?:东|南|西|北|中)?(?:{_NUM}?段)?"
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
    rf"(?:{_NAMING}){{2,10}}?(?:[A-Za-z][区座])?{_NUM}(?:(?:栋|幢|号楼)(?!楼?下面)|楼(?={_NUM}))(?:{_NUM}单元)?(?:{_NUM}(?:室|房|号)?)?(?![0-9元块个天])"
    rf"|(?:{_NAMING}){{2,5}}?(?:路|街|大道|巷|小区)(?=的?[新老旧]?地址)"
    rf"|(?:{_NAMING}){{2,10}}?(?:邨|村|苑|阁|城|园)(?:{_NAMING}){{1,4}}?(?:楼|阁|座)(?:{_NUM}楼)?{_NUM}(?:室|房|号)?(?![0-9元块个天])"
)
"""`清湖C区11栋607`, `富善邨善翠楼1809`."""
_FULL: Final = re.compile(
    rf"(?P<region>(?:{_REGION}[\s，,]?){{0,2}}(?:{_DISTRICT}[\s，,]?){{0,3}})"
    rf"(?P<road>(?:(?:{_ROAD}|{_VILLAGE})[\s，,]?){{0,3}})"
    rf"(?P<house>(?:(?:{_HOUSE}|{_VILLAGE}(?={_HOUSE}))[\s，,]?){{0,6}})"
    rf"(?P<building>(?:{_HAN}{{2,6}}?(?:大厦|大楼|广场|商场|中心|公寓|新城|花园|花苑|小区|家园|家属院|宿舍)|家属院|门卫)?(?:{_HOUSE}){{0,3}})"
)
_LEAD: Final = re.compile(
    r"(?:(?:家庭|收货|邮寄|郵寄|通讯|通訊|联系|住宅|家里|公司|单位|现|新|居住|户籍|身份证)*(?:地址|住址|住所)(?:就)?(?:是在|是|为|在|改成|改为|写|租在|租|：|:)?"
    r"|门牌(?:号码?)?(?:是|为|：|:)?|(?<=[我你您他她们家在])住(?![院宿不了过的几多户房址得])(?:在|进|到)?"
    r"|(?:^|(?<=[，,。\s]))住(?![院宿不了过的几多户房址得])|(?:住在|家住|现住|租住|租在|租到|住到|搬进|搬回|现在住在?|单位在|公司在|家在|房子在|店在"
    r"|铺子在|厂在|搬到(?:了)?|搬咗去|住喺|搬去(?:了)?|寄到|寄往|寄去|寄给|邮寄到|送到|送去|户口还?在|现在在|(?:信|东西|快递|包裹|货)寄(?:到|给)?|[柜站场厂地]在|摊位?在|门市在|户籍在?|老家就?(?:在|是)?|籍贯(?:是)?))\s*"
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
_HOUSES: Final = re.compile(rf"(?:{_HOUSE}[\s，,]?){{2,}}")
_SPOKEN_OF: Final = re.compile(
    f"驿站|保安亭|传达室|代收点|快递柜|前台|地址|住|门牌|老家|邮编|户籍|宿舍|家属院|{_BESIDE}"
)
_END: Final = re.compile(
    r"[。！？!?；;\n]|就(?:行|好|可以|成|是)|即可|可以|行吗|行不行|租的|上班|打工|这边|那边|(?:[，,\s](?:请|麻烦|谢谢|我|你|您|电话|手机|邮编|可以|对吗|是吗|吗|因为|所以|就))|让|的(?!士|[\u4e00-\u9fff]{0,4}(?:超市|店|小卖部|宿舍|巷|小区|家属院|楼|院子?里?|平房|出租屋|公寓|那栋|村|铺))|了|吗|吧|呢|呀|邮编"
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
_STREET: Final = re.compile("[区县區縣镇乡路街巷]|大道")
_COMMA: Final = re.compile("[，,]")
_PLACED: Final = re.compile(f"{_HOUSE}|{_VILLAGE}|宿舍|{_BESIDE}|[镇乡村集]街?上")
_BESIDE_SOMETHING: Final = re.compile(
    rf"(?:{_MARK}|[路街巷村镇店馆铺站院])的?{_BESIDE}|宿舍|家属院|(?:小区|花园|公寓|[东西南北]门).*(?:丰巢|驿站|快递柜|门卫|保安室)"
    r"|(?:菜鸟|快递)?驿站|保安亭|传达室|代收点|快递柜|物业前台|[镇乡村]上"
    rf"|{_NUM}(?:号楼|栋|幢|单元|组|排)"
)
_SPEAKS: Final = re.compile("周边|附近|酒店|有|没|不|想|要|帮|能|(?<!委)会|推荐|怎么|什么|哪")
"""Words of a sentence that goes on behind an address, or never named one."""
_MOST = 60


def find_chinese_addresses(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield the addresses of a text in simplified characters without spaces between them."""
    if _ANCHOR.search(text) is None and _SPOKEN_OF.search(text) is None:
        return
    leads = [found.end() for found in _LEAD.finditer(text)]
    for lead in leads:
        yield from _after(text, lead)
    for weak in _WEAK_LEAD.finditer(text):
        yield from _after(text, weak.end(), _BESIDE_SOMETHING)
    for place in _PLACE_OF.finditer(text):
        start = _trim(text, *place.span())
        yield Entity(Kind.ADDRESS, start, place.end(), "at a crossing", text[start : place.end()])
    if Kind.ADDRESS in asked.kinds and not leads:
        yield from _after(text, 0)
    is_whole = Kind.ADDRESS in asked.kinds or _HOUSES.fullmatch(text) is not None
    for house in _HOUSES.finditer(text) if is_whole else ():
        yield Entity(Kind.ADDRESS, *house.span(), "house and room", house.group())
    yield from _landmarks(text)
    at = 0
    while (anchor := _ANCHOR.search(text, at)) is not None:
        at = anchor.end()
        least = max((lead for lead in leads if lead <= anchor.start()), default=0)
        for start in range(max(anchor.start() - 8, least), anchor.start() + 1):
            found = _FULL.match(text, start)
            if found is not None and found.end() >= anchor.end() and _is_address(found):
                end = found.end()
                while text[end - 1] in " ，,":
                    end -= 1
                start = _trim(text, start, end)
                yield Entity(Kind.ADDRESS, start, end, "place, road and number", text[start:end])
                at = end
                break


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


def _is_address(found: re.Match[str]) -> bool:
    """Tell an address from a place alone: a house with a road, or a region with a house."""
    region, road, house = found["region"], found["road"], found["house"]
    if any(trap in road + region for trap in _TRAPS):
        return False
    if house and re.fullmatch(rf"{_NUM}(?:期|号|號|户|组|门)", house.strip(" ，,")) and not road:
        return False
    if house and (road or region):
        return True
    has_place = re.search(f"{_PROVINCES}|{_CITIES}", region) is not None
    return has_place and len(road) >= 3 and _STREET.search(region + road) is not None


def _trim(text: str, start: int, end: int) -> int:
    """Return where an address begins, without the words that lead to it."""
    lead = re.compile(
        r"(?:了|还是|没变|不变|变|我|你|您|他|她|是|在|住|到|寄|的|家|就|现在|从|去|房子|店|工地|厂|搬|送|信|坐落|坐|落|位于|于|单位|位|对|嗯|改成|改为|写|租在|租|快递|放在|放|改|为|至|往|那个|这个|地址)+"
    ).match(text, start, end)
    return lead.end() if lead is not None and lead.end() < end - 2 else start


def _after(text: str, at: int, sign: re.Pattern[str] | None = None) -> Iterator[Entity]:
    """Yield what stands behind 地址是 or 住在, if it speaks of a place, and holds the sign."""
    stop = _END.search(text, at)
    end = min(stop.start() if stop else len(text), at + _MOST)
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
    end -= text[at:end].endswith("住")
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
