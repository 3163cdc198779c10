"""Titles are read without loading a pack, and are those that loading it gives."""

import pytest

from callcoach.script.load.titles import read_titles
from callcoach.script.model import PackId
from callcoach.script.pack_files import PackFiles
from tests.support import shipped


@pytest.mark.parametrize("pack", shipped().names())
def test_titles_are_those_of_the_loaded_pack(pack: str) -> None:
    library = shipped()
    script, titles = library.load(pack).script, read_titles(library.open(library.locate(pack)))
    assert script is not None
    assert titles is not None
    own = f"{pack}."
    assert titles.pack == script.title
    assert titles.cues == {id: it.title for id, it in script.cues.items() if id.startswith(own)}
    outcomes = {id: it.title for id, it in script.outcomes.items() if id.startswith(own)}
    assert titles.outcomes == outcomes


@pytest.mark.parametrize(
    "text",
    ["", "pack: mine\n", "callcoach: 99\npack: mine\n", "callcoach: 1\n  pack: [\n", "- a\n"],
)
def test_a_pack_without_a_head_has_no_titles(text: str) -> None:
    assert read_titles(PackFiles(PackId("mine"), {"pack.yaml": text})) is None


def test_what_is_wrong_elsewhere_leaves_the_titles_alone() -> None:
    head = "callcoach: 1\npack: mine\ntitle: Mine\nlanguages: [en]\nstart: nowhere\n"
    files = {
        "pack.yaml": head + "outcomes:\n  bye: {title: Done}\n  odd: 3\n",
        "cues.yaml": '"cues":\n  hello: {title: Hello, heard: [}\n',
        "more.yaml": '"watch":\n  bye: {title: Bye}\n',
    }
    titles = read_titles(PackFiles(PackId("mine"), files))
    assert titles is not None
    assert titles.pack.plain("en") == "Mine"
    told = [
        (id, title.plain("en")) for it in (titles.outcomes, titles.cues) for id, title in it.items()
    ]
    assert told == [("mine.bye", "Done"), ("mine.bye", "Bye")]
