"""A real ear, with its two processes, and everything that it tells."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from callcoach.hearing.heard import Final
from callcoach.hearing.models.registry import Model
from callcoach.hearing.signs import Over, Said, Sign, Trouble, Troubled
from callcoach.hearing.sound import Wanted
from callcoach.hearing.supervised import SupervisedEar
from tests.hearing.process.waiting import wait_for
from tests.hearing.recordings import MODELS


def tiny(language: str) -> Model:
    """Return a model of the checkout."""
    return Model(f"tiny-{language}", language, MODELS / f"tiny-{language}", 16_000, True, (), None)


class Listening:
    """An ear that was started."""

    def __init__(
        self,
        wanted: Wanted,
        model: Model,
        also: Callable[["Listening", Sign], None] = lambda _self, _sign: None,
        **options: Any,
    ) -> None:
        """Start an ear; `also` is called with every sign, in the ear's thread."""
        self.signs: list[Sign] = []
        self.threads: set[int] = set()
        self._also = also
        self.ear = SupervisedEar(wanted, model, **options)
        self.ear.start(self._take)

    def _take(self, sign: Sign) -> None:
        self.threads.add(threading.get_ident())
        self.signs.append(sign)
        self._also(self, sign)

    @property
    def finals(self) -> Sequence[Said]:
        """Return the utterances, in the order in which they were told."""
        return [one for one in self.said if isinstance(one.result, Final)]

    @property
    def said(self) -> Sequence[Said]:
        """Return everything that was said."""
        return [one for one in tuple(self.signs) if isinstance(one, Said)]

    def texts(self, channel: int = 0) -> list[str]:
        """Return the utterances of a voice."""
        return [one.result.text for one in self.finals if one.channel == channel]

    def troubles(self, what: Trouble) -> Sequence[Troubled]:
        """Return what went wrong in a way."""
        signs = tuple(self.signs)
        return [one for one in signs if isinstance(one, Troubled) and one.what is what]

    def has(self, kind: type[Sign]) -> bool:
        """Tell whether there was such a sign."""
        return any(isinstance(one, kind) for one in tuple(self.signs))

    def wait_over(self) -> None:
        """Return when everything was heard."""
        wait_for(lambda: self.has(Over), "all is heard")


@contextmanager
def listening(wanted: Wanted, language: str = "en", **options: Any) -> Iterator[Listening]:
    """Give an ear that is open, and close it."""
    heard = Listening(wanted, tiny(language), **options)
    try:
        heard.ear.open()
        yield heard
    finally:
        heard.ear.close()
