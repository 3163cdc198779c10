"""What is wrong with a phrase: it cannot be read, or a speech model cannot hear its words."""

import re
from collections.abc import Collection, Iterator

from callcoach.script.diagnostic import Diagnostic
from callcoach.script.terms import Phrase
from callcoach.words.normalise import is_character
from callcoach.words.phrase import ANY_NUMBER, PhraseError, Sequence, parse, sequences

_IGNORED = re.compile(r"[（）［］｜＃＊{}｛｝]|(?<!\S)[*/+](?!\S)")
"""Signs that matching passes over: as a Chinese keyboard types them, or as other systems do."""


def check_phrase(what: str, phrase: Phrase, words: "Vocabulary | None") -> Iterator[Diagnostic]:
    """Yield what is wrong with a phrase of `what`; without `words` any word may be heard."""
    arguments = {"phrase": phrase.text.value, "what": what}
    if signs := _IGNORED.findall(phrase.text.value):
        yield Diagnostic("CC033", phrase.text.place, {**arguments, "signs": " ".join(signs)})
        return
    try:
        parse(phrase.text.value)
    except PhraseError as error:
        problem = {"problem": error.message, "remedy": error.hint}
        yield Diagnostic("CC031", phrase.text.place, {**arguments, **problem})
        return
    if words is not None:
        unheard = [words.unknown(sequence) for sequence in sequences(phrase.text.value)]
        if all(unheard):
            missing = ", ".join(sorted(set(unheard[0])))
            yield Diagnostic("CC032", phrase.text.place, {**arguments, "words": missing})


class Vocabulary:
    """The words that a speech model can hear; its Chinese words are longer than one character."""

    def __init__(self, words: Collection[str]) -> None:
        self.words = frozenset(words)
        self.longest = max(map(len, self.words), default=0)

    def unknown(self, sequence: Sequence) -> tuple[str, ...]:
        """Return the tokens of a sequence that no words of the model can make up."""
        missing: list[str] = []
        run = ""
        for element in (*sequence, None):
            if isinstance(element, str) and is_character(element):
                run += element
                continue
            if run and not self._can_spell(run):
                missing.append(run)
            run = ""
            is_word = isinstance(element, str) and element != ANY_NUMBER
            if is_word and element not in self.words:
                missing.append(str(element))
        return tuple(missing)

    def _can_spell(self, run: str) -> bool:
        """Tell whether the model's words, one after another, give the characters of `run`."""
        reached = [True] + [False] * len(run)
        for end in range(1, len(run) + 1):
            for begin in range(max(0, end - self.longest), end):
                if reached[begin] and run[begin:end] in self.words:
                    reached[end] = True
                    break
        return reached[-1]
