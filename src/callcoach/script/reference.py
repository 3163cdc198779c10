"""The catalogue of findings as pages: what an example triggers, and docs/diagnostics.md."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from callcoach.script.check import check
from callcoach.script.diagnostic import Diagnostic, Entry, codes, entry, hint, message
from callcoach.script.load import Loaded, PackFiles, load_pack
from callcoach.script.model import PackId

_EXAMPLE = PackId("example")
_LANGUAGES = {"en": "English", "zh": "中文"}
_HEARD_BY_MODELS = frozenset(("good", "morning", "goodbye", "hello", "thank", "you"))
"""The words of the speech model that the examples are checked with."""


_INTRODUCTION = (
    "An **error** keeps a pack from being used, a **warning** is very likely not meant, a **note**",
    "is worth knowing. `callcoach script explain CC004` shows one of them in the terminal.",
    "",
    "**error**（错误）：话术包不能使用；**warning**（警告）：多半写错了；**note**（提示）：供参考。",
    "`callcoach script explain CC004` 可在终端查看其中一条。",
)


class _Blanks(dict[str, str]):
    """Fills every placeholder with its own name."""

    def __missing__(self, key: str) -> str:
        return f"‹{key}›"


def load_example(known: Entry) -> Loaded:
    """Return what comes of loading a code's example; a file in a folder is of a pack it uses."""
    packs: dict[PackId, dict[str, str]] = {}
    for name, text in known.example.items():
        folder = PackId(name.rpartition("/")[0]) or _EXAMPLE
        packs.setdefault(folder, {})[name] = text
    files = {id: PackFiles(id, texts) for id, texts in packs.items()}
    return load_pack(files[_EXAMPLE], files.get)


def example_finding(code: str) -> Diagnostic | None:
    """Return what checking a code's example reports under the code; None where nothing is."""
    found = check(load_example(entry(code)), _HEARD_BY_MODELS)
    return next((finding for finding in found if finding.code == code), None)


def example_message(code: str, language: str) -> str:
    """Return a code's message as its example triggers it."""
    found = example_finding(code)
    return message(found, language) if found else general_message(code, language)


def example_hint(code: str, language: str) -> str:
    """Return a code's hint as its example triggers it."""
    found = example_finding(code)
    return hint(found, language) if found else _filled(entry(code).hint, language)


def general_message(code: str, language: str) -> str:
    """Return a code's message with the names of its placeholders in place of values."""
    return _filled(entry(code).message, language)


def _filled(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language, texts["en"]).format_map(_Blanks())


def marked_example(known: Entry) -> Iterator[str]:
    """Yield the lines of an example's files; the one that is reported is marked by `>`."""
    for place, (name, text) in enumerate(known.example.items()):
        if len(known.example) > 1:
            yield f"  # {name}"
        for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
            mark = ">" if place == 0 and number == known.line else " "
            yield f"{mark} {number:3} {line}"


def diagnostics_page() -> str:
    """Return docs/diagnostics.md: every code in both languages, with its example."""
    lines = [
        "# Findings of `callcoach script check` · 检查结果一览",
        "",
        "<!-- Made from src/callcoach/script/diagnostics; do not edit it here. -->",
        "",
        *_INTRODUCTION,
        "",
        "| Code | Level | Name |",
        "| --- | --- | --- |",
    ]
    known = [entry(code) for code in codes()]
    lines += [f"| [{it.code}](#{_anchor(it)}) | {it.level} | {it.name} |" for it in known]
    for one in known:
        lines += ["", *_section(one)]
    return "\n".join(lines) + "\n"


def _anchor(known: Entry) -> str:
    """Return the name that Markdown gives to a code's heading."""
    return f"{known.code}-{known.name}".lower()


def _section(known: Entry) -> Iterator[str]:
    yield f"## {known.code} {known.name}"
    for language, name in _LANGUAGES.items():
        yield ""
        yield f"**{name}** ({known.level}): {_plain(example_message(known.code, language))}"
        yield ""
        yield f"- {_plain(known.why.get(language, known.why['en']))}"
        yield f"- → {_plain(example_hint(known.code, language))}"
    yield ""
    yield "```yaml"
    for name, text in known.example.items():
        if len(known.example) > 1:
            yield f"# {name}"
        yield from text.rstrip("\n").split("\n")
    yield "```"
    yield ""
    yield f"Line {known.line} · 第 {known.line} 行"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    for mark in "\\`*_<>|":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", " ")


def main() -> None:
    """Write the page into the checkout's docs folder."""
    docs = Path(__file__).resolve().parents[3] / "docs"
    (docs / "diagnostics.md").write_text(diagnostics_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
