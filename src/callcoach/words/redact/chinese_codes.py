"""Finds what is spelled in Chinese talk: plates, user names, e-mail, codes of letters and digits.

They are read as atoms, letters and digits however they are said, with joints between them: 湘 e
八 q 二零七, w a n g 下划线 八八. What a run of them is, a word before it says, or what the turn
before asked for.
"""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Asked, Entity, Kind

_ATOM: Final = "[a-z0-9零〇一二三四五六七八九幺洞拐]"
_BAR: Final = r"(?:下[划底]?横?[线杠]|底[线杠]|中?横[线杠杆]|短横|减号|小横杠|杠|[点])"
_JOINT: Final = (
    rf"(?:[\s_.·\-—–/]|[，,、…](?=\s?{_ATOM})|(?<={_ATOM})\s?{_BAR}\s?(?={_ATOM})|"
    rf"(?<=[\s，,、]){_BAR}(?=[\s，,、]))"
)
_RUN: Final = re.compile(rf"{_ATOM}(?:{_JOINT}{{0,4}}{_ATOM})*")
_GLUE: Final = (
    r"(?:号牌?码?|账号|帐号|名字?|id|is\b|就?是|叫|为|写的?|填的?|用的?|的|那个|"
    r"这个|嗯+|呃+|额|啊|哦|[:：，,。.…\s“\"（(]|加我?|搜一?下?|念一下|你?记一?下|"
    r"我|好像|应该|现在|后面|前面|开头|还是|登记|登录|注册|改成了?|改为|换成了?|"
    r"字母|数字|大写|小写|设的?|[这那]辆|车){0,8}"
)
_PLAIN_DIGIT: Final = "[0-9零〇一二三四五六七八九幺洞拐]"
_PROVINCE: Final = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_PLATE: Final = re.compile(
    rf"{_PROVINCE}\s?[a-z](?![a-z])(?:[啊波鹅西弟](?=[\s，,]))?(?:[\s·•，,.、\-]|字母|后[面边]是?|然后|[临试超]|点(?=\s?{_ATOM})|杠){{0,3}}(?:{_ATOM}[\s，,、]?){{3,5}}(?:{_ATOM}|[挂学警港澳领使])(?!{_ATOM}|\s?[元块期天个月万千百])"
)
_PLATE_HEAD: Final = re.compile(rf"{_PROVINCE}\s?[a-z](?!\s?[a-z座栋幢区楼室])")
_SURE_HEAD: Final = re.compile(
    r"[京津沪渝冀豫辽湘皖鲁苏浙赣鄂桂晋陕闽粤琼川]\s?[a-z](?!\s?[a-z座栋幢区楼室])"
)
"""A province that is hardly another word: not 新 a, 最贵 b."""
_OF_CAR: Final = re.compile("车牌|牌照|车号|号牌|牌号|挂牌")
_APP: Final = (
    r"(?:微信|vx|威信|薇信|qq|扣扣|企鹅|登[录陆](?:名|账号|帐号|用户)?|用户名?|会员名|网名|昵称|抖音|快手|小红书|微博|支付宝|淘宝|京东|拼多多|闲鱼"
    r"|钉钉|飞书|陌陌|探探|line|telegram|电报|skype|whatsapp|b站|游戏(?:名|账号|id)|账号名|账户名|注册名|id|推特|脸书|(?:网银|平台|app|系统)的?(?:账号|账户|用户))"
)
_LEADS: Final = (
    (Kind.PLATE, _OF_CAR.pattern),
    (Kind.EMAIL, r"邮箱|电邮|邮件|e-?mail|伊妹儿|mail"),
    (
        Kind.ID,
        r"身份证|证件|护照|通行证|居留(?:证|许可|卡)?|永居(?:证|卡)?|驾驶证|驾照|军官证|士兵证|社保卡?|医保卡?|信用代码|营业执照|税号|签证|台胞证|回乡证|居住证|学生证|残疾证|户口[本簿]|港澳证|外国人",
    ),
    (
        Kind.ACCOUNT,
        r"保单|保险单|合同|借据|借款编号|贷款编号|账户|账号|帐号|户号|编号|协议号?|案号|案件号|会员卡?号|客户号|学号|机身码|串码|序列号|imei|车架号?|发动机号?|病历号|住院号|水表|电表|燃气|宽带|存折|凭证号?|流水号?|回执号?|受理号|公积金",
    ),
)
_LED: Final = tuple((kind, re.compile(lead)) for kind, lead in (*_LEADS, (Kind.USERNAME, _APP)))
_VALUE: Final = re.compile(rf"{_GLUE}(?P<run>{_RUN.pattern})")
"""What is spelled behind a word that leads to it."""
_NICK: Final = re.compile(
    r"(?:昵称|网名|(?:微信|qq|快手|小红书|微博|钉钉|支付宝|闲鱼)(?:[上里号名]|昵称)*(?=叫)|微信名|用户名|(?<![a-z])id|登[录陆]名|会员名|账号名|游戏名|微博名|抖音名?|快手名?)(?:字)?(?:[是为叫][叫做]?|写的是|改成了?|：|:)\s?[“\"]?(?P<name>(?![的对错不没])(?:(?![吗吧呢呀啊嘛哦了对我你您他她请什啥多哪])[一-鿿a-z0-9]){2,10})"
    r"|(?:昵称|网名)(?![是叫为不错对被的有可能改])(?P<bare>(?:(?![吗吧呢呀啊嘛哦了我你您他她请什啥多哪])[一-鿿a-z0-9]){2,10})(?=[，。！,\s]|$)"
)
_OTHER_BEHIND: Final = re.compile("的那|的$|的[吗吧]|那个")
"""Behind a nickname these lead on."""
_NAMES_SELF: Final = re.compile("名|昵称|抖音|快手|微博|小红书|微信|id|备注|账号")
_LATIN_WORDS: Final = (
    "alipay|android|app|atm|bye|com|cvv|email|etc|excel|facebook|gmail|gps|hello|honor|"
    "hotmail|huawei|icloud|instagram|ios|ipad|iphone|kpi|ktv|line|lite|lpr|macbook|mail|mate|"
    "max|note|nova|ok|okay|online|oppo|outlook|paypal|pdf|plus|pos|pro|qq|redmi|skype|sorry|"
    "suv|telegram|tiktok|twitter|ultra|usb|vip|vivo|wechat|whatsapp|wifi|word|yahoo"
)
_WORDS: Final = frozenset(_LATIN_WORDS.split("|"))
"""Words in Latin letters that are nobody's."""
_AT: Final = (
    r"(?:艾\s?特|爱\s?特|埃\s?特|圈\s?儿?\s?a|a\s?圈|花\s?a|小\s?老\s?鼠|那个圈|"
    r"\bat\b|(?<=[a-z0-9\s])圈(?=\s?[a-z0-9幺一]))(?:符号)?"
)
_PROVIDER: Final = (
    r"(?:q\s?q|[幺一1]\s?[六6]\s?[三3]|[一幺1]\s?二\s?六|126|[一幺1]\s?三\s?九|139|[一幺1]\s?八\s?九|189|f\s?o\s?x\s?m\s?a\s?i\s?l|g\s?m\s?a\s?i\s?l|h\s?o\s?t\s?m\s?a\s?i\s?l|o\s?u\s?t\s?l\s?o\s?o\s?k|s\s?i\s?n\s?a|s\s?o\s?h\s?u"
    r"|y\s?a\s?h\s?o\s?o|i\s?c\s?l\s?o\s?u\s?d|a\s?l\s?i\s?y\s?u\s?n|企鹅|网易|新浪|谷歌|雅虎|搜狐|阿里云|腾讯|y\s?e\s?a\s?h)"
)
_TOP: Final = r"(?:c\s?o\s?m|c\s?n|n\s?e\s?t|t\s?w|h\s?k|o\s?r\s?g|康姆|考姆|抗姆|坎姆|口母)"
_DOT: Final = r"\s?(?:[.点]|dot)\s?"
_HOST: Final = (
    rf"(?:(?:vip{_DOT})?(?:{_PROVIDER}(?:\s?邮箱)?|[a-z0-9][a-z0-9\s-]{{1,24}}?(?={_DOT}{_TOP}"
    rf"))(?:{_DOT}{_TOP}(?![a-z])){{0,2}})"
)
_BY_SOUND: Final = (
    r"(?:(?![箱是的为址叫我你您他她])[一-鿿](?:(?![是的为址叫])[一-鿿]){1,3}的?(?:全"
    r"拼|拼音|首字母|缩写|简拼)[，,\s]?(?:加|再加|小写|大写|后面|[，,\s])*)"
)
_MAIL: Final = re.compile(
    rf"(?:{_BY_SOUND})?(?:{_RUN.pattern})?(?:[，,]?\s?(?:然后|再|后面)?(?:是|一个)?\s?){_AT}\s?(?:然后|后面)?(?:是)?\s?{_HOST}"
)
_HOST_ALONE: Final = re.compile(rf"{_PROVIDER}(?:{_DOT}{_TOP}(?![a-z]))+")
_SPELT_BY: Final = re.compile(rf"{_BY_SOUND}(?:{_RUN.pattern})?")
_CARRIED: Final = re.compile(
    r"(?:微博|抖音|小红书|快手|b站|微信|推特)[^，。]{0,4}?(?P<name>@[一-鿿a-z0-9_]{2,16})"
)
_QUOTED: Final = re.compile(
    r"(?:昵称|网名|微信[名号]?|账号|id|用户名|登[录陆]名|抖音号?|游戏名|小红书号?|快手号?|微博名?|b站|qq名?|闲鱼|贴吧|会员名)[^，。“”]{0,6}[“‘「『\"'](?P<name>[^“”‘’\"'」』]{2,16})[”’」』\"']"
)
_NUMBERED: Final = re.compile(
    rf"(?:车牌|牌照|号牌|车号){_GLUE}(?P<run>{_PLAIN_DIGIT}(?:\s?{_PLAIN_DIGIT}){{4,6}})(?!{_PLAIN_DIGIT})"
)
_COUNTED: Final = re.compile(
    r"(?:密码|口令|暗号)[^，。！？0-9]{0,6}?(?P<value>(?:[一两二三四五六七八九]个[零一二三四五六七八九0-9]\s?){2,4})"
)
_PASSWORD: Final = re.compile(
    r"(?:答案|暗语|暗号|口令|密语|安全词|提示词|接头语)(?:就?[是为用设]成?|改成|：|:)[，\s]?[“\"]?(?P<value>(?![你您我他她什哪不没错对])[一-鿿]{1,10}?)(?=[”\"，。！!,\s]|吧|啊|呀|对吗|$)"
)
_ASKABLE: Final = (Kind.EMAIL, Kind.USERNAME, Kind.PLATE, Kind.ID, Kind.ACCOUNT, Kind.SECRET)
_SHORT_TAIL: Final = re.compile(
    r"[\s，,、]*[一二三四五六七八九](?=[个下直样些定起般边点次会年月号块天期])|(?<=[^\d\s])\s?[一](?=[下直])"
)
_LETTER: Final = re.compile("[a-z]")
_DIGIT: Final = re.compile(_PLAIN_DIGIT)
_SPELLED: Final = re.compile(r"(?<![a-z])[a-z](?:[\s\-，,、.]{1,3}[a-z](?![a-z])){3,}")
_ALNUM: Final = re.compile(_ATOM)
_LEAST: Final = {
    Kind.PLATE: 3,
    Kind.EMAIL: 3,
    Kind.USERNAME: 4,
    Kind.ID: 5,
    Kind.ACCOUNT: 5,
    Kind.SECRET: 4,
}


def find_chinese_codes(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield what is spelled in a text in simplified characters without spaces between them."""
    low = text.lower()
    if len(low) != len(text):
        return
    if "码" in low or "口令" in low or "暗" in low or "答案" in low or "词" in low:
        for secret in (*_COUNTED.finditer(low), *_PASSWORD.finditer(low)):
            yield Entity(Kind.SECRET, *secret.span("value"), "said to be a secret", secret["value"])
    for found in _NUMBERED.finditer(low) if _OF_CAR.search(low) is not None else ():
        yield Entity(Kind.PLATE, *found.span("run"), "number plate", _plain(found["run"]))
    has_letter = _LETTER.search(low) is not None
    if _NAMES_SELF.search(low) is not None:
        yield from _nicks(low)
    if not has_letter and _HOST_ALONE.search(low) is None:
        return
    yield from _plates(low, asked)
    yield from _mails(low, asked)
    for kind, lead in _LED:
        for found in lead.finditer(low):
            value = _VALUE.match(low, found.end())
            if value is not None:
                yield from _run(low, *value.span("run"), kind, is_led=True)
    wanted = next((one for one in _ASKABLE if one in asked.kinds), None)
    for found in _RUN.finditer(low):
        is_spelled = _SPELLED.search(found.group()) is not None
        if wanted is not None or is_spelled:
            yield from _run(low, *found.span(), wanted or Kind.USERNAME, is_led=wanted is not None)


def _nicks(low: str) -> Iterator[Entity]:
    for pattern in (_NICK, _QUOTED, _CARRIED):
        for found in pattern.finditer(low):
            part = found.lastgroup or ""
            start, end = found.span(part)
            other = _OTHER_BEHIND.search(low, start + 1, end)
            end = other.start() if other is not None else end
            yield Entity(Kind.USERNAME, start, end, "said to be a user name", low[start:end])


def _plates(low: str, asked: Asked) -> Iterator[Entity]:
    for found in _PLATE.finditer(low):
        yield Entity(Kind.PLATE, *found.span(), "number plate", _plain(found.group()))
    is_of_car = Kind.PLATE in asked.kinds or _OF_CAR.search(low) is not None
    for head in (_PLATE_HEAD if is_of_car else _SURE_HEAD).finditer(low):
        yield Entity(Kind.PLATE, *head.span(), "head of a number plate", _plain(head.group()))


def _mails(low: str, asked: Asked) -> Iterator[Entity]:
    for found in _MAIL.finditer(low):
        yield Entity(Kind.EMAIL, *found.span(), "spoken address", _plain(found.group()))
    is_of_mail = Kind.EMAIL in asked.kinds or "邮箱" in low
    for pattern in (_HOST_ALONE, _SPELT_BY) if is_of_mail else ():
        for found in pattern.finditer(low):
            yield Entity(Kind.EMAIL, *found.span(), "part of an address", _plain(found.group()))


def _run(low: str, start: int, end: int, kind: Kind, *, is_led: bool) -> Iterator[Entity]:
    """Yield a run of letters and digits, if it can be a datum of its kind."""
    tail = _SHORT_TAIL.search(low, start, min(end + 1, len(low)))
    if tail is not None and tail.end() >= end:
        end = tail.start()
    part = low[start:end]
    letters, digits = len(_LETTER.findall(part)), len(_DIGIT.findall(part))
    if letters == 0 or letters + digits < _LEAST[kind] or part.strip(" .-_") in _WORDS:
        return
    is_spelled = _SPELLED.search(part) is not None
    is_handle = kind in (Kind.USERNAME, Kind.EMAIL)
    is_mixed = digits > (1 if is_handle else 2)
    if (
        is_mixed
        or (is_spelled and (is_led or letters > 4))
        or (is_handle and is_led and _is_handle(part))
    ):
        yield Entity(kind, start, end, "spelled", _plain(part))


def _is_handle(part: str) -> bool:
    """Tell whether letters are hardly a word: one in pinyin, or in parts."""
    words = [word for word in re.split(r"[\s，,、]+", part) if word]
    return len(words) == 1 and words[0] not in _WORDS and len(words[0]) > 3


def _plain(part: str) -> str:
    return "".join(_ALNUM.findall(part))
