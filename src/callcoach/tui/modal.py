"""A question over a screen: it is answered once, however fast the keys come."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Modal(ModalScreen[Answer]):
    """Stands over a screen until it is answered.

    Keys that were pressed before it was gone reach it all the same. Textual would then take away
    the screen below.
    """

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give the answer, unless it was given."""
        if not self.is_current:
            return AwaitComplete()
        return super().dismiss(result)
