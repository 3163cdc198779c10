"""Rules to and from other systems, with a report of everything that means something else there."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from callcoach.script.exchange.aliyun_read import looks_like_aliyun, read_aliyun
from callcoach.script.exchange.aliyun_write import write_aliyun
from callcoach.script.exchange.contact_lens_read import looks_like_contact_lens, read_contact_lens
from callcoach.script.exchange.contact_lens_write import write_contact_lens
from callcoach.script.exchange.google import looks_like_google, read_google, write_google
from callcoach.script.exchange.report import (
    ExchangeError,
    Exported,
    Handling,
    Imported,
    Item,
    RuleReport,
)
from callcoach.script.exchange.spot import Spot
from callcoach.script.exchange.transcribe_read import looks_like_transcribe, read_transcribe
from callcoach.script.exchange.transcribe_write import write_transcribe
from callcoach.script.model import PackId
from callcoach.script.rules import Rule, RuleId

__all__ = [
    "ExchangeError",
    "Exported",
    "Handling",
    "Imported",
    "Item",
    "RuleReport",
    "System",
    "detect_system",
    "export_rules",
    "import_rules",
]


class System(StrEnum):
    """Systems whose rules are understood."""

    CONTACT_LENS = "contact-lens"
    TRANSCRIBE = "transcribe"
    GOOGLE = "google"
    ALIYUN = "aliyun"


_LOOKS: Mapping[System, Callable[[Spot], bool]] = {
    System.ALIYUN: looks_like_aliyun,
    System.GOOGLE: looks_like_google,
    System.TRANSCRIBE: looks_like_transcribe,
    System.CONTACT_LENS: looks_like_contact_lens,
}


def detect_system(value: object) -> System:
    """Return the system that a JSON value is from. Raises `ExchangeError` where none fits."""
    spot = Spot(value)
    for system, fits in _LOOKS.items():
        if fits(spot):
            return system
    raise ExchangeError(
        "these are rules of no system that is known here",
        "name their format with --from: {known}",
        known=", ".join(System),
    )


def import_rules(
    value: object, system: System, pack: PackId, *, approximate: bool = False
) -> Imported:
    """Return the rules in a JSON value, with ids in `pack`, and what became of each.

    Where a part of a rule means nothing here, or only nearly the same and `approximate` is not
    asked for, the whole rule is left out. Raises `ExchangeError` for what cannot be read at all.
    """
    spot = Spot(value)
    match system:
        case System.CONTACT_LENS:
            return read_contact_lens(spot, pack, approximate=approximate)
        case System.TRANSCRIBE:
            return read_transcribe(spot, pack, approximate=approximate)
        case System.GOOGLE:
            return read_google(spot, pack, approximate=approximate)
        case System.ALIYUN:
            return read_aliyun(spot, pack, approximate=approximate)


def export_rules(
    wanted: Iterable[Rule],
    known: Mapping[RuleId, Rule],
    system: System,
    *,
    approximate: bool = False,
    live: bool = False,
) -> Exported:
    """Return rules as a JSON value for another system, and what became of each.

    `known` are the rules that the wanted ones refer to, and more; those that are only there to
    be referred to are no rules of their own there. `live` ones judge calls that go on, for a
    system that tells these apart.
    """
    rules = [rule for rule in wanted if not rule.is_alone]
    match system:
        case System.CONTACT_LENS:
            return write_contact_lens(rules, known, approximate=approximate, live=live)
        case System.TRANSCRIBE:
            return write_transcribe(rules, known, approximate=approximate, live=live)
        case System.GOOGLE:
            return write_google(rules, known, approximate=approximate)
        case System.ALIYUN:
            return write_aliyun(rules, known, approximate=approximate)
