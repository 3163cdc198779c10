"""Fills in the sentences that customers and agents say beside the packs' own lines.

The templates are in `texts/`, one a line; `{slot}` draws a number, an amount, a date or a name.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from models.tiny.phones import Language
from models.tiny.spoken import MONTHS, cardinal, digits, han_number, ordinal, year

_SLOT = re.compile(r"\{(\w+)\}")
_DAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_HAN_DAYS = "一二三四五六日"
_Slots = Mapping[str, Callable[[random.Random], str]]


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a language."""

    lines: tuple[str, ...]
    slots: _Slots

    def draw(self, chance: random.Random) -> str:
        """Return a sentence; English with one space between words, Chinese without."""
        return self.fill(chance.choice(self.lines), chance)

    def fill(self, template: str, chance: random.Random) -> str:
        """Return a template with its slots drawn by chance."""
        return _SLOT.sub(lambda slot: self.slots[slot.group(1)](chance), template)


def read_text(name: str) -> tuple[str, ...]:
    """Return the lines of a file in `texts/`."""
    text = (files("models.tiny") / "texts" / name).read_text(encoding="utf-8")
    return tuple(text.splitlines())


@lru_cache(maxsize=2)
def templates(language: Language) -> Templates:
    """Return the templates of a language."""
    slots = _english_slots() if language == "en" else _mandarin_slots()
    return Templates(read_text(f"templates_{language}.txt"), slots)


def _one_of(text: str, *, separator: str | None = None) -> Callable[[random.Random], str]:
    choices = text.split(separator)
    return lambda chance: chance.choice(choices)


def _english_slots() -> _Slots:
    def amount(chance: random.Random) -> str:
        kind = chance.randrange(5)
        if kind == 0:
            return f"{cardinal(chance.randint(1, 99) * 100)} {unit(chance)}"
        if kind == 1:
            return f"{cardinal(chance.randint(1, 30) * 1000)} {unit(chance)}"
        if kind == 2:
            tenths = digits(str(chance.randint(1, 9)), "en")
            return f"{cardinal(chance.randint(20, 999))} point {tenths} yuan"
        number = cardinal(chance.choice((chance.randint(2, 99), chance.randint(100, 5000))))
        return f"{number} {unit(chance)}" if kind == 3 else number

    def unit(chance: random.Random) -> str:
        return chance.choice(("dollars", "dollars", "yuan", "pounds"))

    def day_of_month(chance: random.Random) -> str:
        return ordinal(chance.randint(1, 31))

    def on_date(chance: random.Random) -> str:
        month, day = chance.choice(MONTHS), day_of_month(chance)
        return chance.choice((f"{month} {day}", f"the {day} of {month}", f"the {day}"))

    def birth(chance: random.Random) -> str:
        said_year = year(chance.randint(1955, 2005))
        return f"{chance.choice(MONTHS)} {day_of_month(chance)} {said_year}"

    return {
        "amount": amount,
        "ord": day_of_month,
        "date": on_date,
        "birth": birth,
        "n": lambda chance: cardinal(chance.randint(2, 24)),
        "digits": lambda chance: digits(f"{chance.randrange(10000):04}", "en"),
        "day": lambda chance: chance.choice(_DAYS),
        "part": _one_of("morning afternoon evening day"),
        "person": _one_of("ms wang,mr chen,mr smith,ms brown,ms lee", separator=","),
        "agent": _one_of("anna james helen"),
        "relative": _one_of("mother father wife husband boy sister"),
        "time": _one_of(
            "after six,this evening,tomorrow morning,next week,at three in the afternoon",
            separator=",",
        ),
        "ok": _one_of("okay,i see,i understand,thank you,all right,of course", separator=","),
    }


def _mandarin_slots() -> _Slots:
    def amount(chance: random.Random) -> str:
        unit = chance.choice("元元块")
        kind = chance.randrange(5)
        if kind == 0:
            return han_number(chance.randint(1, 99) * 100) + unit
        if kind == 1:
            return han_number(chance.randint(1, 30) * 1000) + unit
        if kind == 2:
            jiao = digits(str(chance.randint(1, 9)), "zh")
            return f"{han_number(chance.randint(20, 3000))}元{jiao}角"
        return han_number(chance.choice((chance.randint(2, 99), chance.randint(100, 5000)))) + unit

    def day_of_month(chance: random.Random) -> str:
        return han_number(chance.randint(1, 31))

    def on_date(chance: random.Random) -> str:
        month, day = han_number(chance.randint(1, 12)), day_of_month(chance)
        said = f"{month}月{day}{chance.choice('号日')}"
        near = ("明天", "后天", "月底", f"下个月{day}号", f"星期{chance.choice(_HAN_DAYS)}", "下周")
        return chance.choice((said, said, f"{day}号", chance.choice(near)))

    def birth(chance: random.Random) -> str:
        month, day = han_number(chance.randint(1, 12)), day_of_month(chance)
        return f"{year_of(chance)}年{month}月{day}{chance.choice('号日')}"

    def year_of(chance: random.Random) -> str:
        born = str(chance.randint(1955, 2005))
        return digits(born[chance.choice((0, 2)) :], "zh")

    return {
        "amount": amount,
        "dom": day_of_month,
        "date": on_date,
        "birth": birth,
        "year": year_of,
        "month": lambda chance: han_number(chance.randint(1, 12)),
        "n": lambda chance: chance.choice(("两", han_number(chance.randint(3, 24)))),
        "digits": lambda chance: digits(f"{chance.randrange(10000):04}", "zh"),
        "person": _one_of("王女士 陈先生 李女士 张先生 刘女士"),
        "agent": _one_of("林晓 陈明 李敏"),
        "relative": _one_of("妈妈 爱人 孩子 家里老人 儿子"),
        "time": _one_of("明天上午 今天晚上 下午三点 晚上七点以后 中午 改天"),
    }
