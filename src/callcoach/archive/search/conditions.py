"""Turns a condition about a call into SQL with marks for its values."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from callcoach.archive.search.query import Condition, Key
from callcoach.archive.search.vocabulary import (
    ANYTHING,
    FLAGS,
    LANGUAGES,
    MODES,
    SPEAKERS,
    STATUSES,
)
from callcoach.errors import Told, UsageError, suggest
from callcoach.script.model import Speaker
from callcoach.words.normalise import tokenise

Value = TypeVar("Value")
_STATUS = (
    "coalesce((SELECT replace(e.kind, 'reopened', 'draft') FROM review_event e"
    " WHERE e.review = r.id"
    " AND e.kind IN ('submitted', 'reopened', 'appealed', 'decided', 'acknowledged')"
    " ORDER BY e.seq DESC LIMIT 1), 'draft')"
)
"""How far a review `r` has come."""
_PERCENT = (
    "(SELECT json_extract(CAST(e.body AS TEXT), '$.mark.percent') FROM review_event e"
    " WHERE e.review = r.id AND e.kind IN ('submitted', 'reopened', 'decided')"
    " ORDER BY e.seq DESC LIMIT 1)"
)
"""The score of a review `r` that stands; nothing where it was taken back: that has no mark."""
_LENGTH = re.compile(
    r"(\d+(?:\.\d+)?)\s*(s|secs?|seconds?|秒|m|mins?|minutes?|分|分钟|h|hrs?|hours?|小时)?"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d\d)")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*([%％])?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")
_BACK = re.compile(r"(\d{1,5})\s*(?:d|days?|天)")
_UNITS = {"s": 1, "秒": 1, "m": 60, "分": 60, "h": 3600, "小": 3600}
_SIDES = {Speaker.AGENT: "by_agent", Speaker.CUSTOMER: "by_customer", Speaker.OTHER: "by_other"}


_FLAGS = {
    Key.FLAG: "1",
    Key.OPEN: "NOT is_repaired",
    Key.REPAIRED: "is_repaired",
    Key.REJECTED: "1",
}


@dataclass(frozen=True, slots=True)
class Sql:
    """A condition in SQL on a row `s` of `search_call`."""

    text: str
    values: tuple[object, ...] = ()


NEVER = Sql("0")


Titles = Callable[[Collection[str]], Mapping[str, Collection[str]]]
"""Given the scripts of the journal's calls: ids to what they are called on the screens."""


def no_titles(_: Collection[str]) -> Mapping[str, Collection[str]]:
    """Return that nothing is called anything: `Titles` where no script is at hand."""
    return {}


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal has, so that names need not be whole."""

    names: Mapping[str, Collection[str]]
    """By kind: `cue`, `outcome`, `agent`, `script`."""
    titles: Titles
    """Asked only where a name is no id."""
    today: date
    has_own_names: bool = False
    """The journal keeps what calls are called where they come from."""
    has_rejected_flags: bool = False
    """The index knows which flags reviewers call wrong."""


def condition(given: Condition, known: Known, notes: list[Told]) -> Sql:
    """Return a condition as SQL; `notes` takes what is said about names that no call has.

    Raises `UsageError` for a value that cannot be understood.
    """
    match given.key:
        case Key.SPEAKER:
            return Sql(f"s.{_SIDES[speaker(given)]} > 0")
        case Key.CUE | Key.MISSED:
            column = "is_met" if given.key is Key.CUE else "is_missed"
            return _calls("search_cue", column, _cues(given, known, notes))
        case Key.FLAG | Key.OPEN | Key.REPAIRED | Key.REJECTED:
            return _flag(given, known, notes)
        case Key.OUTCOME | Key.AGENT | Key.SCRIPT:
            return _named(given, known, notes)
        case Key.LANGUAGE:
            return Sql("s.language = ?", (_one_of(given, LANGUAGES),))
        case Key.MODE:
            return Sql("s.mode = ?", (_one_of(given, MODES),))
        case Key.CALL:
            return _called(given.value.lower(), known)
        case Key.REVIEWER | Key.STATUS | Key.SCORE:
            return _review(given, known, notes)
        case Key.AFTER | Key.BEFORE | Key.UNTIL | Key.ON:
            return _day(given, known.today)
        case Key.LONGER:
            return Sql("s.duration > ?", (_seconds(given),))
        case Key.SHORTER:
            return Sql("s.duration < ?", (_seconds(given),))
        case Key.RATIO:
            return Sql(f"s.ratio {given.sign} ?", (_share(given),))
        case Key.DURATION | Key.SILENCE | Key.OVERTALK:
            return Sql(f"s.{given.key.value} {given.sign} ?", (_seconds(given),))


def _called(name: str, known: Known) -> Sql:
    """Return that a call has an id, or is called so where it comes from."""
    ids = "substr(s.call, 1, ?) = ? OR substr(s.call, -?) = ? OR substr(s.call, -8, ?) = ?"
    values: tuple[object, ...] = (len(name), name) * 3
    if not known.has_own_names:
        return Sql(f"({ids})", values)
    own = "SELECT call FROM own_name WHERE instr(lower(name), ?) > 0 OR instr(lower(file), ?) > 0"
    return Sql(f"({ids} OR s.call IN ({own}))", (*values, name, name))


def _review(given: Condition, known: Known, notes: list[Told]) -> Sql:
    """Return that a call has a review: of a person, so far, or with such a score.

    Calibrations, which are blind, and what agents think of their own calls are none.
    """
    if given.key is Key.REVIEWER:
        if given.value.lower() in ANYTHING:
            return _has_review("1")
        found = _find(given, "reviewer", known, notes)
        marks = ", ".join("?" * len(found))
        return _has_review(f"r.reviewer IN ({marks})", *found) if found else NEVER
    if given.key is Key.SCORE:
        return _has_review(f"{_PERCENT} {given.sign} ?", _percent(given))
    status = _one_of(given, STATUSES)
    if status == "none":
        return Sql(f"NOT {_has_review('1').text}")
    return _has_review(f"{_STATUS} = ?", status)


def _has_review(what: str, *values: object) -> Sql:
    return Sql(
        "EXISTS (SELECT 1 FROM review r WHERE r.call = s.call"  # noqa: S608 - constants
        " AND r.purpose NOT IN ('calibration', 'self') AND r.reviewer <> s.agent"
        f" AND {what})",
        values,
    )


def speaker(given: Condition) -> Speaker:
    """Return whom a condition about who speaks means; raises `UsageError`."""
    return _one_of(given, SPEAKERS)


def _one_of(given: Condition, values: Mapping[str, Value]) -> Value:
    found = values.get(given.value.lower())
    if found is None:
        raise UsageError(
            "“{value}” is no {key}",
            suggest(given.value.lower(), values),
            value=given.value,
            key=given.key.value,
        )
    return found


def _matching(value: str, kind: str, known: Known) -> list[str]:
    """Return the names that a value means: whole, their last part, words of it, or a title."""
    names, wanted = known.names.get(kind, ()), value.lower()
    whole = [name for name in names if wanted in (name.lower(), name.lower().rpartition(".")[2])]
    if whole:
        return whole
    words = _name_words(value)
    if found := [name for name in names if _holds(_name_words(name), words)]:
        return found
    titles = known.titles(known.names.get("script", ()))
    called = [(name, [_name_words(title) for title in titles.get(name, ())]) for name in names]
    equal = [name for name, said in called if words in said]
    return equal or [name for name, said in called if any(_holds(it, words) for it in said)]


def _name_words(name: str) -> tuple[str, ...]:
    return tokenise(name.replace("_", " ").replace(".", " ")).words


def _holds(there: tuple[str, ...], words: tuple[str, ...]) -> bool:
    places = range(len(there) - len(words) + 1)
    return bool(words) and any(there[at : at + len(words)] == words for at in places)


def _as_written(value: str, names: Iterable[str], known: Known) -> list[str]:
    """Return names as a value was written: titles for a Chinese one, else the ends of ids."""
    titles = known.titles(known.names.get("script", ())) if _CHINESE.search(value) else {}
    told = ({it for it in titles.get(name, ()) if _CHINESE.search(it)} for name in names)
    ends = ({name.rpartition(".")[2]} for name in names)
    return sorted(set[str]().union(*(said or end for said, end in zip(told, ends, strict=True))))


def _find(given: Condition, kind: str, known: Known, notes: list[Told]) -> list[str]:
    names = known.names.get(kind, ())
    found = _matching(given.value, kind, known)
    if not found:
        advice = suggest(given.value.lower(), _as_written(given.value, names, known))
        notes.append(
            Told(
                "No call has “{key}:{value}”; {advice}",
                key=given.name or given.key.value,
                value=given.value,
                advice=advice,
            )
        )
    return found


def _cues(given: Condition, known: Known, notes: list[Told]) -> list[str] | None:
    """Return the cues that a condition means; None for any."""
    if given.value.lower() in ANYTHING:
        return None
    return _find(given, "cue", known, notes)


def _calls(table: str, column: str, cues: list[str] | None) -> Sql:
    """Return that a call has one of the cues in a table, with a column that is true."""
    inner = f"SELECT number FROM {table} WHERE {column}"  # noqa: S608 - constants
    if cues is None:
        return Sql(f"s.number IN ({inner})")
    marks = ", ".join("?" * len(cues))
    return Sql(f"s.number IN ({inner} AND cue IN ({marks}))", tuple(cues)) if cues else NEVER


def _flag(given: Condition, known: Known, notes: list[Told]) -> Sql:
    column = _FLAGS[given.key]
    if known.has_rejected_flags:
        column += " AND is_rejected" if given.key is Key.REJECTED else " AND NOT is_rejected"
    elif given.key is Key.REJECTED:
        return NEVER
    kind = FLAGS.get(given.value.lower().replace(" ", "_"))
    if kind is not None:
        found = _calls("search_flag", f"{column} AND {kind[0]} = ?", None)
        return Sql(found.text, (kind[1],))
    return _calls("search_flag", column, _cues(given, known, notes))


def _named(given: Condition, known: Known, notes: list[Told]) -> Sql:
    column = given.key.value
    if given.value.lower() in ANYTHING:
        return Sql(f"s.{column} <> ''")
    found = _find(given, column, known, notes)
    marks = ", ".join("?" * len(found))
    return Sql(f"s.{column} IN ({marks})", tuple(found)) if found else NEVER


def _day(given: Condition, today: date) -> Sql:
    first, last = _days(given, today)
    match given.key:
        case Key.AFTER:
            return Sql("s.day >= ?", (first.isoformat(),))
        case Key.BEFORE:
            return Sql("s.day <> '' AND s.day < ?", (first.isoformat(),))
        case Key.UNTIL:
            return Sql("s.day <> '' AND s.day <= ?", (last.isoformat(),))
        case _:
            return Sql("s.day BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))


def _days(given: Condition, today: date) -> tuple[date, date]:
    """Return the first and the last day that a value means."""
    value = given.value.lower()
    back = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}.get(value)
    if back is None and (ago := _BACK.fullmatch(value)) is not None:
        back = int(ago[1])
    try:
        if back is not None:
            day = today - timedelta(days=back)
            return day, day
        if (found := _DAY.fullmatch(value)) is not None:
            year, month = int(found[1]), int(found[2])
            if found[3]:
                day = date(year, month, int(found[3]))
                return day, day
            first = date(year, month, 1)
            following = date(year + month // 12, month % 12 + 1, 1)
            return first, following - timedelta(days=1)
    except (ValueError, OverflowError):
        pass
    raise UsageError(
        "“{value}” is no day", "write 2026-11-01, 2026-11, today, or 7d for seven days ago",
        value=given.value,
    )  # fmt: skip


def _seconds(given: Condition) -> float:
    value = given.value.lower()
    if (found := _CLOCK.fullmatch(value)) is not None:
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600.0 + minutes * 60 + seconds
    if (length := _LENGTH.fullmatch(value)) is not None:
        return float(length[1]) * _UNITS[(length[2] or "s")[0]]
    raise UsageError(
        "“{value}” is no length of time", "write 20s, 5m, 1h or 5:30", value=given.value
    )


def _percent(given: Condition) -> float:
    if (found := _SHARE.fullmatch(given.value)) is not None:
        return float(found[1])
    raise UsageError("“{value}” is no score", "write 80 or 80%", value=given.value)


def _share(given: Condition) -> float:
    if (found := _SHARE.fullmatch(given.value)) is not None:
        share = float(found[1])
        return share / 100 if found[2] or share > 1 else share
    raise UsageError("“{value}” is no share", "write 0.7 or 70%", value=given.value)
