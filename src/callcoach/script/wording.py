"""A text in several languages, each with one or more variants."""

from collections.abc import Mapping
from dataclasses import dataclass

from callcoach.script.place import Place, Text

Language = str
"""A language code: `zh`, `en`."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in the pack's languages; a line may have several variants in each."""

    variants: Mapping[Language, tuple[Text, ...]]
    place: Place

    def in_language(self, language: Language) -> tuple[Text, ...]:
        """Return the variants in `language`, or in the first language there is."""
        if language in self.variants:
            return self.variants[language]
        return next(iter(self.variants.values()), ())

    def plain(self, language: Language) -> str:
        """Return the first variant in `language` as a string; empty where there is none."""
        return next((text.value for text in self.in_language(language)), "")
