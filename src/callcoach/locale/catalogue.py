"""Makes the catalogue: collects the texts of the source, and compiles the translations.

A tool of the checkout and the build (`python3 make.py messages`); nothing of it runs in a call.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
SOURCE = HERE.parent
LANGUAGES = ("zh",)
"""The translations; English is the source."""
HEADER = "# The interface of callcoach; the English text is the key."
KEPT = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
"""The headers that gettext needs; dates and names would change without a change."""
ROOT_ERROR = "CallcoachError"
"""An error of this class, or of one beneath it, is raised with two texts: message and hint."""
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
"""The date in what is compiled, so that the same texts make the same bytes."""
CALLS: Mapping[str, int] = {"say": 1, "mark": 1, "Told": 1}
"""What is called with texts, and how many."""


def file_of(language: str) -> Path:
    """Return the file of a language's translation."""
    return HERE / language / "LC_MESSAGES" / "callcoach.po"


def template() -> Catalog:
    """Return the texts of the source, in the order in which they stand there."""
    trees = {file: ast.parse(file.read_bytes()) for file in sorted(SOURCE.rglob("*.py"))}
    calls = {**CALLS, **dict.fromkeys(error_classes(trees.values()), 2)}
    catalogue = Catalog(project="callcoach", charset="utf-8", fuzzy=False)
    for file, tree in trees.items():
        place = (file.relative_to(SOURCE).as_posix(), 0)
        for text in texts(tree, calls):
            catalogue.add(text, locations=[place])
    return catalogue


def error_classes(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the names of all classes of errors."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {ROOT_ERROR}
    while more := {name for name in bases.keys() - found if bases[name] & found}:
        found |= more
    return frozenset(found)


def texts(tree: ast.Module, calls: Mapping[str, int]) -> Iterator[str | tuple[str, str]]:
    """Yield the texts of a module, in its order; a text for one and for many as two."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in sorted(found, key=lambda node: (node.lineno, node.col_offset)):
        name = called(node)
        given = node.args[: 2 if name == "count" else calls.get(name, 0)]
        words = [part.value for part in given if isinstance(part, ast.Constant)]
        said = [word for word in words if isinstance(word, str) and word]
        if name != "count":
            yield from said
        elif len(said) == 2:
            yield said[0], said[1]


def called(node: ast.Call) -> str:
    """Return the name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def load(language: str) -> Catalog:
    """Return a language's translation."""
    with file_of(language).open("rb") as source:
        return read_po(source, locale=language)


def update(language: str) -> Catalog:
    """Return a translation with exactly the texts of the source; new ones are empty."""
    old = load(language)
    fresh = Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment=HEADER)
    for message in template():
        if message.id:
            known = old.get(message.id)
            text = known.string if known is not None else ""
            fresh.add(message.id, text, locations=message.locations)
    return fresh


def write(language: str, catalogue: Catalog) -> None:
    """Write a translation, without the headers that change although no text has."""
    target = BytesIO()
    write_po(target, catalogue, width=100, include_lineno=False)
    lines = target.getvalue().decode("utf-8").splitlines(keepends=True)
    end = next(place for place, line in enumerate(lines) if not line.strip())
    head = [line for line in lines[:end] if line[0] != '"' or line[1:].split(":")[0] in KEPT]
    text = "".join((*head, *lines[end:]))
    file_of(language).write_text(text, encoding="utf-8", newline="\n")


def missing(catalogue: Catalog) -> Iterator[str]:
    """Yield the texts without a translation."""
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(texts):
            yield message.id if isinstance(message.id, str) else message.id[0]


def compiled(language: str) -> bytes:
    """Return a translation as gettext reads it."""
    catalogue = load(language)
    catalogue.creation_date = catalogue.revision_date = NO_DAY
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def compile_all() -> None:
    """Write the compiled translations beside their sources."""
    for language in LANGUAGES:
        file_of(language).with_suffix(".mo").write_bytes(compiled(language))


def main() -> int:
    """Bring the translations up to date, compile them; 1 where one is not complete."""
    code = 0
    for language in LANGUAGES:
        catalogue = update(language)
        write(language, catalogue)
        for text in missing(catalogue):
            sys.stderr.write(f"{language}: not translated: {text}\n")
            code = 1
    compile_all()
    return code


if __name__ == "__main__":
    sys.exit(main())
