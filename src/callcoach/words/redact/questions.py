"""Tells what a turn asks the other speaker for: a name, a card number, a code."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from callcoach.words.redact.chinese_questions import MAY_ASK, is_again, with_asked
from callcoach.words.redact.contexts import senses
from callcoach.words.redact.model import Asked, Kind

_ASKING: Final = frozenset((
    "please", "what", "what's", "whats", "provide", "confirm", "verify", "give", "tell", "need",
    "enter", "share", "spell", "read", "repeat", "ask", "who", "who's", "where", "where's",
    "which", "catch", "missed", "say", "remember", "pop",
))  # fmt: skip
"""Words of a turn that wants to know something."""
_POLITE: Final = frozenset(
    ("may", "can", "could", "would", "will", "have", "help", "when", "when's")
)
_REQUEST: Final = re.compile(
    r"\b(?:may|can|could|would|will)\s+(?:i|you|we)\b|\bhave\s+(?:your|the)\b"
    r"|\bwhen(?:'s|\s+is|\s+was|\s+were)\s+(?:your|you|his|her)\b|\blet\s+me\s+have\b|\bhelp\s+me\s+with\b"
)
_CHINESE_REQUEST: Final = re.compile(
    "请|麻烦|预留|提供|报一?下|说一下|念一下|输入|是多少|多少|核实|核对|告诉|什么|贵姓|称呼|您的|哪|[几幾][号號点點年月楼樓栋幢单單座]|几几年|确认|吗|谁|說一下|報一下"
)
_WORD: Final = re.compile(r"[a-z']+")
_NAME: Final = re.compile(
    r"\bcall\s+you\b|(?<!user)(?<!user )names?\b(?!\s+of\s+the\s+(?:company|bank))"
    r"|\bwho(?:m)?\s+(?:am|is|do|are)\b|\bspeaking\s+(?:with|to)\b|\band\s+you\s+are\b"
    r"|名字|姓名|贵姓|貴姓|称呼|稱呼|哪位|您是谁|叫什么|全名"
)
_EMAIL: Final = re.compile(r"\be-?\s?mail\b|邮箱|郵箱|电子邮件|邮件地址")
_ADDRESS: Final = re.compile(
    r"(?<!mail )(?<!email )\baddress\b|\bzip\b|\bpost(?:al)?\s?code\b|\bpin\s?code\b|\beircode\b"
    r"|\byou(?:'re|\s+are)?\s+(?:(?:still|now|currently|all|both)\s+)*(?:at|living|live|based|staying|over\s+at|out\s+at)\s+(?!the\s+moment|work|home|all|least|risk)\w"
    r"|\b(?:are|is)\s+(?:you|he|she|it|that|home|this)\s+(?:still\s+)?(?:at|in|on)\s+(?!the\s+(?:moment|line|phone)|work|home|all|least|risk|debt|full)\w"
    r"|\bwhere(?:'s|\s+is|\s+are|\s+would|\s+do|\s+should|\s+shall|\s+can|\s+to|\s+we're|\s+we|\s+i|\s+you|\s+the|\s+vehicle|\s+car)*\s+(?:home|house|posting|post|send|sending|deliver\w*|living|live|stay|staying|parked|kept|based|find|it\s+delivered)\b"
    r"|\bdirections?\s+to\b|\bphysical\s+address\b|\bwhere\s+would\s+you\s+like\s+it\b|\b(?:describe|find)\s+(?:the|your)\s+(?:house|place|home|compound)\b|\blandmark\b"
    r"|\bhome\s+is\s+still\b|\bdo(?:es)?\s+(?:you|he|she|they)\s+(?:still\s+)?live\b|\bwhere\s+(?:does|do|is|are)\s+\w+\s+(?:live|living|staying|now)\b"
    r"|\bfirst\s+line\b|\bcity\b|\bstreet\b|\b(?:house|flat|door)\s+number\b"
    r"|\bwhere\s+(?:do|should|shall|can|are|did)\s+(?:i|we|you|he|she|they)\s+"
    r"(?:(?:now|currently)\s+)?(?:post|send|mail|live|living|stay\w*|based|moved?)\b"
    r"|\b(?:and|which|what)\s+(?:(?:'s|is|the|your)\s+)*(?:town|suburb|county|district|village|road|building|estate)\b"
    r"|\b(?:where|address)\s+to\s+(?:post|send|deliver)|\b(?:unit|apartment|apt|plot|lot|box)\s+number\b"
    r"|地址|住在哪|住哪|哪里住|住址|邮编|門牌|门牌|府上|屋企|[寄送]到哪|户籍|戶籍|老家"
    r"|哪个(?:小区|区|镇|乡|村|县|市|城市|社区|街道)|哪條?条?[路街]|[几幾哪](?:号楼|號樓|栋|幢|单元|單元|座|[楼樓层](?![的个])|室)"
    r"|单元号|房间号|房号|楼号|单位在|公司在哪|[湾园城苑区村路街巷弄庭府里]几号"
)
_USER: Final = re.compile(
    r"\buser\s?(?:name|i\s?d)\b|\blog\s?(?:in|on)\b|\bsign\s?in\b|\bhandle\b|\bscreen\s+name\b"
    r"|\bnames?\s+(?:do\s+|did\s+|are\s+)?you\s+(?:use|using|used|go\s+by)\s+(?:online|on\s+the|for\s+the)\b"
    r"|\b(?:my\s+account|portal|profile|online|app)\s+(?:name|id)\b|用户名|微信号"
)
_PLATE: Final = re.compile(
    r"\b(?:number|licen[cs]e|registration)\s?plate\b|\bplates?\b|\breg(?:istration)?\b(?!\s+fee)|\brego\b"
)
_ORIGIN: Final = re.compile(
    r"\b(?:place|city|town|country)\s+of\s+birth\b|\bwhere\s+were\s+you\s+born\b"
)
_WHERE: Final = re.compile(
    r"\bwhere(?:abouts)?(?:'s|\s+abouts|\s+exactly)?\s+(?:(?:is|are|was|would|do|does|did|have|has|'s|in|now|exactly)\s+)*(?:you|he|she|they|that|home|the\s+(?:house|flat|car|van|vehicle|property))\b"
    r"|\b(?:have|has|did)\s+(?:you|he|she|they)\s+(?:just\s+|recently\s+|since\s+)?move[d]?\b|\bmoved\s+house\b|\bstill\s+(?:in|at|on)\s+(?!hold|time|track|holiday|the\s+line|the\s+phone|work|debt|arrears)"
    r"|\bnew\s+(?:place|house|flat)\b|\b(?:send|post|deliver)\s+(?:it|that|this|them)\s+to\b"
    r"|\bwhereabouts\b|\b(?:which|what)\s+(?:house|farm|estate|flat|place|part|area|block|compound|street|one\s+is\s+yours)\b"
    r"|\b(?:name\s+of|called)\s+(?:the|your)\s+(?:house|road|street|place|building|village|estate|farm|property|complex)\b"
    r"|\b(?:house|road|street|place|building|village|estate|farm|property)(?:'s)?\s+(?:called|name)\b"
)
"""Where somebody is or lives."""
_NOWHERE: Final = re.compile(
    r"\b(?:pay|paid|payment|payments|money|spend|spent|stand|see|saw|hear|heard|get|got|go|going|goes|went|buy|bought|card|letter|leave|leaves|come|came|wrong|bank|link|app|portal|website|form|refund|born|say|says|said|written|state[sd]?|number|read|calling\s+from|ring(?:ing)?\s+from)\b"
)
"""What else is asked with `where`."""
_LINE: Final = re.compile(
    r"\b(?:what|which|any\s+other|another|an?\s+(?:\w+\s+)?)\s*number\b(?!\s+of)"
    r"|\b(?:best|good|better|right|current|other|daytime|evening|work|home|new|direct)\s+number\b"
    r"|\bnumber\s+(?:we|i|they|to|for\s+(?:you|him|her|them)|you're\s+on|ending)\b"
    r"|\bending\s+(?:in\s+)?(?:the\s+same|\d|zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\b"
)
"""A number on which somebody is reached, and that nothing else says of what it is."""
_POLICY: Final = re.compile(r"\bpolic(?:y|ies)\b(?!\s+(?:is|says|on|about|of))")
_SPELT: Final = re.compile(r"\bspell(?:ing|ed)?\b|\bspelt\b")
_SECRET: Final = re.compile(
    r"\bpass\s?(?:word|code)\b|\bpin\b|\bmaiden\b|\bsecurity\s+(?:question|code|answer|word)\b"
    r"|(?<!post )(?<!zip )(?<!postal )(?<!area )(?<!sort )\bcode\b|\bo t p\b|验证码|密码|口令"
    r"|\b(?:memorable|secret)\s+(?:\w+\s+)?(?:word|date|place|name|phrase|information|info|question)\b"
    r"|\bsecurity\s+(?:phrase|name|date|place|number|pin|info\w*)\b|\btelephone\s+password\b|\bpass\s?phrase\b"
    r"|\bfavou?rite\s+\w+|\b(?:(?:your|was|of)\s+)first\s+(?:pet|car|school|job|teacher|street|concert)\b"
    r"|\b(?:street|town|city|house)\s+(?:did\s+you|you)\s+gr[eo]w\b|\bdigits?\s+on\s+the\s+back\b"
    r"|短信里?的?\s*[一-鿿]{0,3}数字|密保|安全(?:问题|問題)|(?:验证|驗證|提示)(?:问题|問題)|暗[号語语]|密[语語]|[报報念]给我"
    r"|(?:卡|背面)后?[的]?(?:三位|三個?个?数)",
)
_PART_OF_DAY: Final = re.compile(r"\b(?:year|month|day)\b|哪年|哪一年|[几幾哪]月|[几幾]号|年份")
"""The rest of a day of birth."""
_OF_ANOTHER: Final = re.compile(
    r"^(?:\w+[,.]?\s+){0,3}and\s+(?:(?:your|the|his|her|their)\s+(?:\w+\s+)?\w+'s|yours|his|hers|theirs|for\s+(?:him|her))\b(?!\s+(?:name|address|number))"
)
"""The same of somebody else: `and your wife's?`."""
_QUIZZED: Final = re.compile(
    r"\bsecurity\s+question\b|\bmemorable\b|密保|安全[问問]|[验驗][证證][问問]|提示[问問]"
)
"""A question that was agreed upon, whatever it asks for."""
_LAST_DIGITS: Final = re.compile(r"\blast\s+(?:four|4)\b|[后後]四位|尾号|尾號")
_LAST_OF: Final = re.compile(
    r"\blast\s+(?:four|4)(?:\s+digits?)?\s+(?:of|on|from)\s+([a-z'’ ]{1,32})"
    r"|([^，。？！；,?!;]{1,12})(?:[后後]四位|尾[号號])"
)
"""Of what the last digits are wanted: `the last four of your id`, 身份证后四位."""
_IDENTITY: Final = re.compile(r"\bid\b|\blicen[cs]e\b")
"""An identity card, where it is said whose last digits are wanted."""
_OURS: Final = re.compile(
    r"(?:客服|官方|官网上?的?|服务|投诉|咨询|总)[一-鿿]{0,2}(?:电话|热线|号码)|打(?:我们|咱们)"
    r"|\b(?:our|this)\s+(?:[a-z]+\s+)?(?:line|phone|number|hotline|call)\b"
    r"|\bcall\w*\s+(?:you\s+)?(?:back\s+)?(?:at|on)\s+(?:a|the)\b"
)
"""The company's own line, on which nobody is asked for anything."""
_NUMERIC: Final = frozenset(
    (Kind.CARD, Kind.ID, Kind.SSN, Kind.ACCOUNT, Kind.PHONE, Kind.SECRET, Kind.BIRTH)
)
_BARE: Final = 32
"""Characters at most of a turn that asks without a verb."""
_SHORT: Final = 5
"""Words of a turn that only listens: `okay, go on`."""


_OWN: Final = re.compile(r"\b(?:my|is|i|it's|mine)\b|[我是]")
"""What a turn that asks without a verb does not hold: `and your date of birth`, 出生日期."""


_STILL: Final = re.compile(
    r"\byou(?:'re|\s+are)\s+still\s+(?:at|in|on|living)\b|\bhome\s+is\s+still\b"
)
"""What is asked by saying it."""
_SENT: Final = re.compile(
    r"\b(?:i|we)(?:'ve)?\s+(?:have\s+)?(?:just\s+)?(?:sent|texted|emailed|mailed|gave)\b"
)
"""What was asked for may be told from what the asker did: `and the code i just sent`."""


_HINTS: Final = (
    *("still", "staying", "living", "based"),
    *("memorable", "secret", "favourite", "favorite", "first", "phrase", "grew", "grow", "digit"),
    *("town", "suburb", "county", "district", "village", "road", "building", "estate", "deliver"),
    *("unit", "apartment", "apt", "plot", "lot", "box", "month", "year"),
    *(
        "府上",
        "屋企",
        "寄到",
        "送到",
        "户籍",
        "戶籍",
        "老家",
        "哪",
        "几",
        "幾",
        "楼",
        "樓",
        "单元",
        "房",
    ),
    *("密保", "问题", "問題", "暗", "语", "語", "给我", "三位", "三个", "生", "年"),
    *(
        "name",
        "who",
        "speak",
        "mail",
        "address",
        "live",
        "zip",
        "code",
        "city",
        "where",
        "street",
        "house",
        "flat",
        "door",
        "user",
    ),
    *("login", "pass", "pin", "maiden", "security", "card", "credit", "debit", "bank", "visa"),
    *("amex", "american", "maestro", "discover", "ssn", "s.s.n", "social", "ident", "id", "licen"),
    *(
        "insurance",
        "aadha",
        "phone",
        "mob",
        " ph",
        "cell",
        "tel",
        "whatsapp",
        "landline",
        "contact",
    ),
    *("number", " ac", "a/c", "iban", "routing", "polic", "claim"),
    *("member", "loan", "contract", "ref", "case", "customer", "booking", "confirm", "reserv"),
    *(
        "pnr",
        "itinerary",
        "pwd",
        "cv",
        "otp",
        "one-time",
        "time",
        "access",
        "auth",
        "birth",
        "d.o.b",
        "dob",
    ),
    *("handle", "sign", "profile", "portal", "app", "plate", "reg", "spel"),
    *("数字", "短信", "背面", "born", "last", "call", "line", "digit"),
    *(
        "名",
        "姓",
        "呼",
        "位",
        "谁",
        "箱",
        "邮",
        "郵",
        "址",
        "住",
        "户",
        "戶",
        "号",
        "號",
        "码",
        "碼",
    ),
    *(
        "密",
        "口令",
        "卡",
        "证",
        "證",
        "护照",
        "機",
        "机",
        "电话",
        "電話",
        "联系",
        "打我",
        "来电",
        "合同",
    ),
    *("保单", "保單", "借据", "存折", "生日", "出生", "生于", "四位", "什么"),
)
"""Something that every question for personal data holds, so that other turns cost little."""

_HINT: Final = re.compile("|".join(map(re.escape, _HINTS)))


def read_question(text: str, before: Asked) -> Asked:
    """Return what is asked for after a turn; a turn that only listens leaves it as it was."""
    low = text.lower()
    kinds = frozenset[Kind]()
    if _may_ask(low) or (before.kinds and "and " in low and _OF_ANOTHER.search(low)):
        most = 2 * _BARE if low.startswith("and ") else _BARE
        is_bare = len(text) <= most and not _OWN.search(_SENT.sub(" ", low))
        kinds = _kinds(low, before) if is_bare or _asks(low) or _STILL.search(low) else kinds
    if kinds:
        return Asked(kinds, whole=kinds, is_known=True)
    is_listening = is_again(low) or (
        len(text.split()) <= _SHORT and len(text) <= 24 and "?" not in text and "？" not in text
    )
    return replace(before, is_known=True) if is_listening else Asked(is_known=True)


def _may_ask(low: str) -> bool:
    """Tell whether a turn in lower case may ask for personal data; most do not."""
    if low.isascii():
        return any(map(_has_hint, low.split())) or "o t p" in low or "and you are" in low
    return _HINT.search(low) is not None or MAY_ASK.search(low) is not None


@lru_cache(maxsize=8192)
def _has_hint(word: str) -> bool:
    return _HINT.search(word) is not None


def _asks(low: str) -> bool:
    """Tell whether a turn in lower case wants to know something."""
    if "?" in low or "？" in low:
        return True
    words = set(_WORD.findall(low))
    if not words.isdisjoint(_ASKING):
        return True
    is_polite = not words.isdisjoint(_POLITE) and _REQUEST.search(low) is not None
    return is_polite or (not low.isascii() and _CHINESE_REQUEST.search(low) is not None)


def _kinds(text: str, before: Asked) -> frozenset[Kind]:
    """Return what a turn in lower case asks for, the same speaker having asked for `before`."""
    text = _OURS.sub(" ", text)
    kinds = _numbers(text)
    if (last := _LAST_OF.search(text)) is not None and (named := _numbers_of(last)):
        kinds = kinds - {Kind.PHONE} | named
    for kind, asks in (
        (Kind.NAME, _NAME),
        (Kind.EMAIL, _EMAIL),
        (Kind.ADDRESS, _ADDRESS),
        (Kind.USERNAME, _USER),
        (Kind.PLATE, _PLATE),
        (Kind.ACCOUNT, _POLICY),
        (Kind.SECRET, _SECRET),
    ):
        if asks.search(text):
            kinds.add(kind)
    if before.kinds and _OF_ANOTHER.search(text):
        kinds |= before.kinds
    if not kinds and _WHERE.search(text) and not _NOWHERE.search(text):
        kinds.add(Kind.ADDRESS)
    if not kinds & _NUMERIC and _LINE.search(text):
        kinds.add(Kind.PHONE)
    if not text.isascii():
        kinds = with_asked(text, kinds)
    if not kinds and Kind.BIRTH in before.kinds and _PART_OF_DAY.search(text):
        kinds.add(Kind.BIRTH)
    if not kinds and _LAST_DIGITS.search(text):
        kinds |= before.kinds & _NUMERIC or {Kind.CARD}
    if _ORIGIN.search(text):
        kinds = kinds - {Kind.BIRTH} | {Kind.SECRET}
    if _SPELT.search(text) and not kinds:
        kinds.add(Kind.NAME)
    if Kind.SECRET in kinds:
        kinds -= {Kind.NAME} | ({Kind.ADDRESS} if _QUIZZED.search(text) else set())
    if kinds == {Kind.NAME} and Kind.USERNAME in kinds:
        kinds.discard(Kind.NAME)
    return frozenset(kinds)


def _numbers(text: str) -> set[Kind]:
    return {sense for sense in senses(text) if isinstance(sense, Kind) and sense in _NUMERIC}


def _numbers_of(last: re.Match[str]) -> set[Kind]:
    """Return whose last digits are wanted; nothing where it is not said."""
    english, chinese = last.groups(default="")
    return _numbers(english + chinese) | ({Kind.ID} if _IDENTITY.search(english) else set())
