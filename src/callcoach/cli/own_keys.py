"""Finds what is wrong with keys of the user's own before a screen takes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from callcoach.errors import Told, UsageError
from callcoach.tui.actions import ALL, EVERYWHERE, SCREENS

_HELD = frozenset(("ctrl", "shift", "alt", "super", "hyper", "meta"))
_NAMES = frozenset((
    *(key.value for key in Keys if key.value.isalnum()),
    *KEY_NAME_REPLACEMENTS.values(),
))  # fmt: skip
_CHOOSE = Told("choose another key for one of them")


@dataclass(frozen=True, slots=True)
class KeyFault:
    """Something that keys of the user's own bring with them."""

    message: Told
    hint: Told
    is_refused: bool
    """It cannot be meant; else it may be, and is only worth a word."""


def check_keys(own: Mapping[str, str]) -> None:
    """Raise `UsageError` for keys that cannot be meant; `own` are keys by the ids of actions."""
    for fault in key_faults(own):
        if fault.is_refused:
            raise UsageError(fault.message, fault.hint)


def key_faults(own: Mapping[str, str]) -> Iterator[KeyFault]:
    """Yield what is wrong or worth knowing: no such action, no such key, a key with two actions."""
    own = {id: keys for id, keys in own.items() if keys}
    known = {action.id for action in ALL}
    for id, keys in own.items():
        if id not in known:
            told = Told("there is no action “{id}” to set keys for", id=id)
            yield KeyFault(told, Told("F1 on a screen lists them"), True)
        for key in keys.split(","):
            if not is_key(key):
                told = Told("{id}: “{key}” is no key", id=id, key=key)
                yield KeyFault(told, _names_of(key), True)
    for key, one, other in dict.fromkeys(_doubles(own)):
        if other in own:
            told = Told("{key} is set for both {one} and {other}", key=key, one=one, other=other)
            yield KeyFault(told, _CHOOSE, True)
        else:
            told = Told("{key} is {one} now, not {other}", key=key, one=one, other=other)
            yield KeyFault(told, _CHOOSE, False)


def is_key(name: str) -> bool:
    """Tell whether a terminal can send a key of this name, as Textual calls it."""
    *held, base = name.split("+")
    if len(base) == 1:
        is_one = base.isalnum()
    else:
        is_sign = base not in KEY_NAME_REPLACEMENTS and key_to_character(base) is not None
        is_one = base in _NAMES or is_sign
    return is_one and _HELD.issuperset(held)


def _names_of(key: str) -> Told:
    lower = key.strip().lower().replace("control+", "ctrl+")
    if lower != key and is_key(lower):
        return Told("did you mean {guess}?", guess=lower)
    return Told("write f11, ctrl+b, shift+f4, space, tab, pageup, slash, a letter or a digit")


def _doubles(own: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield each key that does two things on a screen, the first of them by the user's wish."""
    for screen in SCREENS:
        holders: dict[str, str] = {}
        for action in sorted((*screen, *EVERYWHERE), key=lambda it: it.id not in own):
            for key in own.get(action.id, action.keys).split(","):
                holder = holders.setdefault(key, action.id)
                if holder != action.id and holder in own:
                    yield key, holder, action.id
