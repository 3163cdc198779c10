"""The patterns of Contact Lens, each a row of words, lists, distances and numbers."""

from collections.abc import Sequence
from itertools import product

from callcoach.errors import Told
from callcoach.script.exchange.build import text as plain
from callcoach.script.exchange.notation import (
    AnyNumber,
    Choice,
    Flat,
    Part,
    Row,
    Space,
    Words,
    flatten,
    language_of,
    parse,
    quote,
)
from callcoach.script.exchange.report import Account
from callcoach.script.exchange.spot import Spot
from callcoach.script.model import Phrase
from callcoach.script.rules import Condition, Distance, Near, NumberIn, Phrases, Unit
from callcoach.script.wording import Language
from callcoach.words.normalise import tokenise
from callcoach.words.phrase import MAX_GAP, PhraseError, sequences

Json = dict[str, object]


def read_pattern(spot: Spot, language: Language | None, account: Account) -> Condition | None:
    """Return the condition for one pattern; None, and noted, where there is none."""
    pieces: list[str] = []
    distances: list[tuple[int, float, bool]] = []
    numbers = 0
    for item in spot.items():
        kind, value = item.need("Type").text(), item.get("Value") or Spot(None, item.path)
        match kind:
            case "PLAIN":
                pieces.append(_words(value, item, account))
            case "LIST":
                words = [_words(it.get("Value") or it, it, account) for it in value.items()]
                if not words:
                    account.leave(item.path, kind, Told("it has no word to listen for"))
                pieces.append(words[0] if len(words) == 1 else f"({'|'.join(words)})")
            case "PROXIMITY":
                is_within = value.need("IsWithin").flag()
                distances.append((len(pieces), value.need("Distance").number(0), is_within))
            case "NUMERICAL":
                numbers += 1
                _note_decimal(item, value, account)
                pieces.append("#")
            case _:
                account.leave(item.path, kind, Told("an unknown kind of pattern"))
    if not account.is_whole or not pieces:
        if not pieces:
            account.leave(spot.path, "PatternMatch", Told("it has no word to listen for"))
        return None
    found_language = language or language_of("".join(pieces))
    if len(pieces) == numbers == 1:
        return NumberIn()
    return _joined(spot, pieces, distances, found_language, account)


def _words(value: Spot, item: Spot, account: Account) -> str:
    written = value.text()
    if not tokenise(written).words:
        account.leave(item.path, "Value", Told("it has no word to listen for"))
    return quote(written)


def _note_decimal(item: Spot, value: Spot, account: Account) -> None:
    has_decimals = value.get("Decimal")
    if has_decimals is None or not has_decimals.flag():
        near = Told("numbers with decimals count too")
        account.approximate(item.path, "NUMERICAL", near)


def _joined(
    spot: Spot,
    pieces: Sequence[str],
    distances: Sequence[tuple[int, float, bool]],
    language: Language,
    account: Account,
) -> Condition | None:
    """Return pieces as one phrase with gaps, or as two that lie near each other."""
    if distances and language == "zh":
        near = Told("a distance counts Chinese characters here, words there")
        if not account.approximate(spot.path, "PROXIMITY", near):
            return None
    if any(at in (0, len(pieces)) for at, _, _ in distances):
        account.leave(spot.path, "PROXIMITY", Told("it stands between two pieces only"))
        return None
    if all(is_within and most <= MAX_GAP for _, most, is_within in distances):
        gaps = {at: int(most) for at, most, _ in distances}
        written = pieces[0]
        for at, piece in enumerate(pieces[1:], 1):
            written += f" ...{gaps[at]} {piece}" if gaps.get(at) else f" {piece}"
        try:
            sequences(written)
        except PhraseError as error:
            account.leave(spot.path, "PatternMatch", error.message)
            return None
        return Phrases((Phrase(plain(written), language),))
    if len(distances) > 1:
        account.leave(spot.path, "PROXIMITY", Told("several distances, one of them a long one"))
        return None
    ((at, most, is_within),) = distances
    if not is_within:
        near = Told("both are said, so many words apart or more")
        if not account.approximate(spot.path, "PROXIMITY", near):
            return None
    sides = (" ".join(pieces[:at]), " ".join(pieces[at:]))
    parts = tuple(Phrases((Phrase(plain(side), language),)) for side in sides)
    return Near(parts, Distance(most, Unit.WORDS, is_beyond=not is_within), is_ordered=True)


def write_patterns(phrase: str) -> list[list[Json]]:
    """Return the patterns for a phrase; more than one where a list cannot say it.

    Raises `PhraseError` where they are too many.
    """
    rows = parse(phrase)
    if all(_is_listable(part) for row in rows for part in row):
        return [[_listed(part) for part in row] for row in rows]
    return [[_flat(part) for part in flat] for flat in flatten(phrase)]


def _is_listable(part: Part) -> bool:
    return not isinstance(part, Choice) or (not part.may_lack and all(map(_is_words, part.rows)))


def _is_words(row: Row) -> bool:
    return len(row) == 1 and isinstance(row[0], Words)


def _listed(part: Part) -> Json:
    match part:
        case Choice(rows):
            return _list([row[0].text for row in rows if isinstance(row[0], Words)])
        case _:
            return _flat(part)


def _list(texts: Sequence[str]) -> Json:
    if len(texts) == 1:
        return _flat(Words(texts[0]))
    return {"Type": "LIST", "Value": [_flat(Words(text)) for text in texts]}


def _flat(part: Words | AnyNumber | Space) -> Json:
    match part:
        case Words(text):
            return {"Type": "PLAIN", "Value": text}
        case AnyNumber():
            return {"Type": "NUMERICAL", "Value": {"Decimal": True}}
        case Space(most):
            return proximity(most, is_within=True)


def proximity(words: float, *, is_within: bool) -> Json:
    """Return the distance between two pieces of a pattern."""
    value = {"Distance": int(words), "IsWithin": is_within}
    return {"Type": "PROXIMITY", "Value": value}


def write_near(
    sides: Sequence[Sequence[str]], words: float, *, is_within: bool, is_ordered: bool
) -> list[list[Json]]:
    """Return the patterns for two lots of phrases that lie near each other.

    Raises `PhraseError` where they are too many.
    """
    orders = [sides] if is_ordered else [sides, sides[::-1]]
    distance = proximity(words, is_within=is_within)
    gap = [distance] if words or not is_within else []
    made: list[list[Json]] = []
    for before, after in orders:
        flats = [[flat for phrase in side for flat in flatten(phrase)] for side in (before, after)]
        if all(len(flat) == 1 and isinstance(flat[0], Words) for side in flats for flat in side):
            first, last = ([_only_text(flat) for flat in side] for side in flats)
            made.append([_list(first), *gap, _list(last)])
        else:
            made += [[*map(_flat, head), *gap, *map(_flat, tail)] for head, tail in product(*flats)]
    return made


def _only_text(flat: Flat) -> str:
    return flat[0].text if isinstance(flat[0], Words) else ""
