"""Makes up rules and utterances of both languages from a seed, for comparisons and benchmarks.

They are speech in shape only: how long utterances are, how often common words come, how often a
phrase occurs, how recognisers and typists write. Nothing here says how right a rule is.
"""

from collections.abc import Iterator, Sequence
from random import Random

from callcoach.words.match import Pattern
from callcoach.words.phrase import Gap, sequences

_ENGLISH_SLOTS = {
    "ask": "could can would will may might",
    "verb": "confirm verify check send pay settle clear review update discuss arrange explain "
    "extend repay record hear follow open close cover postpone split lower",
    "thing": "balance payment account instalment address birthday loan contract amount plan due "
    "statement receipt complaint letter charge fee date schedule refund number name card "
    "agreement arrears hardship interest penalty deposit insurance",
    "when": "today tomorrow tonight friday monday now soon later next this",
    "feel": "sorry glad happy afraid worried sure certain aware pleased grateful",
    "place": "bank office company shop branch court finance credit team department",
    "bad": "sue arrest jail seize report garnish expose shame shout threaten",
    "unit": "dollars pounds days weeks months percent payments years yuan",
}
_ENGLISH_SHAPES = (
    "{ask} you [please] {verb} [me|us] (your|the) {thing}",
    "({ask}|{ask}) i {verb} [your|the|a] {thing}",
    "i am [so|very|really] {feel} [to|that] (hear|{verb}|say)",
    "(this is|i am|we are) ...4 (from|with|at) [the] {place}",
    "{verb} ...4 {thing}",
    "(pay|owe|send|{verb}) ...3 # {unit}",
    "# {unit} (of|for|in) [the] {thing}",
    "(we will|we'll|i'll|going to) {bad} [you]",
    "{feel} about the {thing}",
    "thank you for [your] {thing}",
    "(what is|what's|tell me) (your|the) {thing}",
    "{when} (morning|evening|afternoon|at the {place})",
    "(your {thing} (is|was) [over]due|you are behind) [{when}]",
    "not {verb} the {thing}",
    "(do|did|have) you (get|got|see|{verb}) (our|the|my) {thing} [yet]",
    "{thing} and {thing}",
)
_CHINESE_SLOTS = {
    "ask": "请 麻烦 能不能 可以 可不可以 方便",
    "verb": "确认 核对 查询 发送 支付 结清 还清 更新 商量 安排 "
    "说明 延期 登记 记录 处理 办理 取消 减免 协商 回访",
    "thing": "账单 还款 账户 分期 地址 生日 贷款 合同 金额 方案 "
    "逾期 利息 投诉 短信 费用 日期 手续费 保险 押金 罚息 "
    "身份证 手机号 银行卡 工资 征信",
    "when": "今天 明天 今晚 周五 下周 本月 现在 月底 下个月 年前",
    "feel": "抱歉 不好意思 高兴 理解 放心 着急 感谢 遗憾",
    "place": "银行 公司 门店 法院 中心 客服 总部 网点",
    "bad": "起诉 上门 抓人 坐牢 曝光 查封 拉黑 骂",
    "unit": "元 块 天 期 个月 年 号 次",
}
_CHINESE_SHAPES = (
    "{ask}[您|你]{verb}[一下|下](您的|你的|){thing}",
    "我[想|要|来](跟|和|同)您{verb}[一下]{thing}",
    "(非常|很|真的|)[是]{feel}[给您|让您]",
    "(我是|我们是|这里是)...6{place}[的]",
    "{verb}...4{thing}",
    "(还|付|欠|{verb})...3#{unit}",
    "#{unit}(的|以内|之前){thing}",
    "(我们|我)(会|要|就){bad}[你|您]",
    "{feel}...3{thing}",
    "谢谢您(的|对){thing}",
    "(您|你)的{thing}(是|有|还)(多少|什么|没)",
    "{when}(上午|下午|晚上|之前)[可以|能]{verb}",
    "{thing}(已经|都)[{when}]到期",
    "不[能|会|要]{verb}{thing}",
    "(收到|看到|{verb})[了]{thing}(吗|没有|了吗)",
    "{thing}和{thing}",
)
_COMMON = (
    "the i you to and a it that is of in we for my on have be this are not so just can do me with "
    "was but your at if no yes okay well as get know what like about all or right up out there "
    "from one think time will when they he would how because then now see her go him back our "
    "call need good could tell really make want going money work month week day been thing much "
    "still some other only say said any last before after him them who where here why maybe bit"
)
_COMMON_CHINESE = (
    "的我你是了不在有这个那就人们一上来到说要去会也好没都还可以能对吗吧呢嘛给跟和多少钱月天年时候现在知道什么怎么"
    "因为所以但是家里工作问题电话东西事情里面后前再看打想让把被从很太真先过下里点些两几每次样只又"
)
_LEVEL_ONE = "".join(
    bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)
)
"""The commonest characters: most of the first level of GB 2312."""
_WITH_NUMBER = 0.25
"""How many rules with a number are kept: teams write few."""
_LIKELY = 0.3
"""How many utterances hold a phrase of the rules."""


def patterns(count: int, seed: int) -> list[Pattern]:
    """Return `count` different rules, half of them English and half Chinese, under some keys."""
    random = Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        english = len(made) % 2 == 0
        named = _ENGLISH_SLOTS if english else _CHINESE_SLOTS
        slots = {name: fills.split() for name, fills in named.items()}
        shape = random.choice(_ENGLISH_SHAPES if english else _CHINESE_SHAPES)
        if "#" in shape and random.random() > _WITH_NUMBER:
            continue
        made[_filled(shape, slots, random)] = None
    keys = max(4, count // 10)
    return [
        Pattern(f"cue {at % keys}", phrase, veto=random.random() < 0.02)
        for at, phrase in enumerate(made)
    ]


def utterances(count: int, seed: int, rules: Sequence[Pattern]) -> Iterator[str]:
    """Yield `count` utterances, English and Chinese in turn, some with a phrase of `rules`."""
    random = Random(seed)
    phrases = [(rule.phrase.isascii(), sequences(rule.phrase)) for rule in rules]
    said = {
        english: [one for is_english, one in phrases if is_english is english]
        for english in (True, False)
    }
    tail = [_pseudo_word(random) for _ in range(3_000)]
    words = [*_COMMON.split(), *tail]
    characters = [*_COMMON_CHINESE, *_LEVEL_ONE]
    for at in range(count):
        english = at % 2 == 0
        kind = words if english else characters
        tokens = _some(
            random, kind, min(40, int(random.expovariate(1 / (6 if english else 13))) + 1)
        )
        if random.random() < _LIKELY:
            place = random.randint(0, len(tokens))
            tokens[place:place] = _spoken(random.choice(random.choice(said[english])), random, kind)
        yield _written(_stumbled(tokens, english, random), english, random)


def _filled(shape: str, slots: dict[str, list[str]], random: Random) -> str:
    for name, fills in slots.items():
        while "{" + name + "}" in shape:
            shape = shape.replace("{" + name + "}", random.choice(fills), 1)
    return shape


def _some(random: Random, kind: Sequence[str], count: int) -> list[str]:
    """Return tokens, the first of `kind` the most often, about as often as words are."""
    found: list[str] = []
    while len(found) < count:
        token = kind[int(len(kind) ** random.random()) - 1]
        if token not in found[-1:]:
            found.append(token)
    return found


def _spoken(sequence: Sequence[str | Gap], random: Random, kind: Sequence[str]) -> list[str]:
    """Return the words of a sequence, its gaps and numbers filled."""
    found: list[str] = []
    for part in sequence:
        if isinstance(part, Gap):
            found += _some(random, kind, random.randint(0, part.most + 1))
        elif part == "#":
            numbers = ("five hundred", "三千五", "12", "1,280.50", "20", "二十")
            found.append(random.choice(numbers))
        else:
            found.append(part)
    return found


def _stumbled(tokens: list[str], english: bool, random: Random) -> list[str]:
    """Return what a speaker who sometimes hesitates says instead."""
    if random.random() < 0.08:
        place = random.randrange(len(tokens) + 1)
        tokens.insert(place, random.choice(("um", "uh", "er") if english else ("嗯", "呃", "啊")))
    if random.random() < 0.04:
        place = random.randrange(len(tokens))
        tokens.insert(place, tokens[place])
    return tokens


def _written(tokens: list[str], english: bool, random: Random) -> str:
    """Return an utterance as one of the ways to write has it."""
    way = random.randrange(4)
    if english:
        text = " ".join(tokens)
        text = text.replace("i am ", random.choice(("i am ", "I'm ", "im ", "i’m ")))
        return (text, text.capitalize() + ".", text.upper(), text.replace(" i ", " I ") + "?")[way]
    return (
        "".join(tokens),
        "".join(tokens) + "。",
        " ".join(tokens),
        "，".join(part for part in _halves(tokens, random)),
    )[way]


def _halves(tokens: list[str], random: Random) -> tuple[str, str]:
    place = random.randint(0, len(tokens))
    return "".join(tokens[:place]), "".join(tokens[place:])


def _pseudo_word(random: Random) -> str:
    """Return something like a word."""
    syllables = ("ba", "con", "der", "fi", "gram", "hal", "in", "lo", "ment", "ner", "pre", "ser")
    return "".join(random.choice(syllables) for _ in range(random.randint(2, 4)))
