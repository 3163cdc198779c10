"""What all tests share: a pack that has been loaded and made ready to coach stays so.

Both are values that never change, and making them takes longer than most tests do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from callcoach.call.coach import Coach
from callcoach.call.ears import Opinions
from callcoach.script.load import Loaded, PackFiles
from callcoach.script.load.link import Find
from callcoach.script.model import PackId, Script
from callcoach.words.match import Store

MOST = 32
"""So many packs and coaches are kept, those that came last."""

_Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What came of loading a pack, and what it was that its loading found."""

    found: Mapping[PackId, _Texts | None]
    loaded: Loaded


class Packs:
    """`load_pack` with a memory."""

    def __init__(self, load: Callable[[PackFiles, Find], Loaded]) -> None:
        """Remember what `load` returns."""
        self._load = load
        self._known: dict[tuple[PackId, _Texts | None], _Known] = {}

    def __call__(self, files: PackFiles, find: Find) -> Loaded:
        """Return what comes of loading a pack; used packs are found anew and compared."""
        key = files.id, _texts(files)
        known = self._known.get(key)
        if known and all(_texts(find(id)) == texts for id, texts in known.found.items()):
            return known.loaded
        found: dict[PackId, _Texts | None] = {}

        def noted(id: PackId) -> PackFiles | None:
            used = find(id)
            found[id] = _texts(used)
            return used

        loaded = self._load(files, noted)
        self._known[key] = _Known(found, loaded)
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return loaded


class Coaches:
    """`Coach` with a memory for scripts that have taught nobody anything yet."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._made: dict[int, Coach] = {}
        """By the identity of the script, which the coach keeps alive."""

    def __call__(
        self, script: Script, opinions: Opinions | None = None, store: Store | None = None
    ) -> Coach:
        """Return a coach for a script."""
        if opinions:
            return Coach(script, opinions, store)
        if id(script) not in self._made:
            self._made[id(script)] = Coach(script, store=store)
            if len(self._made) > MOST:
                del self._made[next(iter(self._made))]
        return self._made[id(script)]


def _texts(files: PackFiles | None) -> _Texts | None:
    return None if files is None else tuple(files.files.items())
