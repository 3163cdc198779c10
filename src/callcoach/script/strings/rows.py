"""The texts of a pack as rows for a translator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.errors import PackError
from callcoach.script.load.nodes import read_nodes
from callcoach.script.load.texts import Passage, passages
from callcoach.script.place import Place
from callcoach.script.strings.memory import Memory, State
from callcoach.script.wording import Language


@dataclass(frozen=True, slots=True)
class Row:
    """One text, or one variant of a text, and its translation."""

    key: str
    """`steps.greeting.title`; of several variants `lines.hello#2`."""
    place: Place
    kind: str
    source: str
    """Empty where only the target has this many variants."""
    target: str
    state: State
    passage: Passage
    number: int
    """Of the variant, from 0."""

    @property
    def memory_key(self) -> str:
        """Return the key under which the row is remembered; it always names the variant."""
        return f"{self.passage.key}#{self.number + 1}"


def rows(
    files: Mapping[str, str],
    languages: Sequence[Language],
    source: Language,
    target: Language,
    memory: Memory,
) -> Iterator[Row]:
    """Yield a row for every text of a pack, in the order of its files.

    `files` are their texts by name, `languages` those of the pack. Raises `PackError` for a file
    that is no readable YAML.
    """
    for name, text in files.items():
        table, _ = read_nodes(text, name)
        if table is None:
            raise PackError("{name} cannot be read", "callcoach script check says why", name=name)
        for passage in passages(table, languages):
            yield from _rows_of(passage, source, target, memory)


def _rows_of(passage: Passage, source: Language, target: Language, memory: Memory) -> Iterator[Row]:
    ours, theirs = passage.variants.get(source, ()), passage.variants.get(target, ())
    count = max(len(ours), len(theirs))
    for number in range(count):
        key = passage.key if count == 1 else f"{passage.key}#{number + 1}"
        both = (
            ours[number] if number < len(ours) else "",
            theirs[number] if number < len(theirs) else "",
        )
        state = memory.state(source, target, f"{passage.key}#{number + 1}", both)
        yield Row(key, passage.place, passage.kind, *both, state, passage, number)
