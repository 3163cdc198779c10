"""Collects what is said in calls by the shipped packs: the agent's lines and the plans' turns."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from callcoach.script.facts import Fact, FactId, FactKind, FactValue, Money
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Line, Script
from callcoach.script.plan import SayWords
from callcoach.script.render import Renderer
from models.tiny.phones import Language
from models.tiny.spoken import words_of

PACKS = ("overdue", "home_visit")
"""The packs of calls; they bring `courtesy` and `compliance` with them."""
_Choices = Mapping[Language, tuple[str, ...]]
_TIMES: _Choices = {
    "en": ("in the morning", "at three in the afternoon", "after six", "this evening"),
    "zh": ("上午十点", "下午三点", "晚上七点以后", "中午"),
}
_TEXTS: Mapping[str, _Choices] = {
    "customer_name": {
        "en": ("Ms Wang", "Mr Chen", "Mr Smith", "Ms Brown", "Ms Lee"),
        "zh": ("王女士", "陈先生", "李女士", "张先生", "刘女士"),
    },
    "agent_name": {"en": ("Anna", "James", "Helen"), "zh": ("林晓", "陈明", "李敏")},
    "company": {"en": ("Fairway Finance",), "zh": ("安心分期",)},
    "callback_time": _TIMES,
    "visit_time": _TIMES,
}
"""What facts that are texts may be, by their names."""
_FREE: _Choices = {
    "en": ("rent", "three instalments from the tenth", "medical costs"),
    "zh": ("房租", "分三期还，十二月十号起", "看病"),
}
"""What any other text may be."""
_FIRST_DAY = date(2026, 1, 1)


class UnsoundPack(Exception):
    """A shipped pack does not load."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What is said in the shipped packs' calls, in one language."""

    language: Language
    scripts: tuple[Script, ...]
    turns: tuple[str, ...]
    """Free words of customers and agents, as the plans have them."""

    def rendered(self, chance: random.Random) -> str:
        """Return one of the lines with facts drawn by chance, or one of the turns; as written."""
        if chance.random() < 0.5:
            return chance.choice(self.turns)
        script = chance.choice(self.scripts)
        return self._render(script, chance.choice(tuple(script.lines.values())), chance)

    def all_words(self, chance: random.Random) -> Iterator[str]:
        """Yield the words of every wording of every line, and of every turn."""
        for script in self.scripts:
            for line in script.lines.values():
                for variant in range(len(line.wording.in_language(self.language))):
                    text = self._render(script, line, chance, variant)
                    yield words_of(text, self.language)
        for turn in self.turns:
            yield words_of(turn, self.language)

    def _render(
        self, script: Script, line: Line, chance: random.Random, variant: int | None = None
    ) -> str:
        facts: dict[FactId, FactValue] = {
            fact.id: value
            for fact in script.facts.values()
            if (value := _draw(fact, self.language, chance)) is not None
        }
        chosen = chance.randrange(100) if variant is None else variant
        return Renderer(script).render(line, chosen, self.language, facts).text


def shipped_lines(language: Language, packs: Sequence[str] = PACKS) -> Lines:
    """Return what is said in packs' calls. Raises `UnsoundPack`."""
    library = Library((shipped_folder(),))
    scripts: list[Script] = []
    turns: dict[str, None] = {}
    for pack in packs:
        loaded = library.load(pack)
        if loaded.script is None:
            raise UnsoundPack(f"the pack {pack} does not load; see: callcoach script check {pack}")
        scripts.append(loaded.script)
        for plan in loaded.plans.values():
            for turn in plan.turns:
                if isinstance(turn, SayWords):
                    turns[turn.words.plain(language)] = None
    return Lines(language, tuple(scripts), tuple(turns))


def _draw(fact: Fact, language: Language, chance: random.Random) -> FactValue | None:
    """Return a value that the fact might have; None for one that stays unknown."""
    match fact.kind:
        case FactKind.MONEY:
            whole = chance.choice((chance.randint(20, 999), chance.randint(10, 99) * 100))
            cents = chance.choice((0, 0, chance.randint(1, 9) * 10))
            return Money(Decimal(whole * 100 + cents) / 100, fact.currency)
        case FactKind.NUMBER:
            return Decimal(chance.randint(2, 12))
        case FactKind.DATE:
            return _FIRST_DAY + timedelta(days=chance.randrange(365))
        case FactKind.YES_NO:
            return True
        case FactKind.CHOICE:
            return chance.choice(tuple(fact.choices))
        case FactKind.PHONE:
            return "4" + "".join(chance.choice("0123456789") for _ in range(6))
        case FactKind.TEXT:
            name = fact.id.partition(".")[2]
            return chance.choice(_TEXTS.get(name, _FREE)[language])
