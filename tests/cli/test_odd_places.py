"""Files that are not what a command expects are told by name, with a remedy; nothing is lost."""

import os
from pathlib import Path

import pytest

from tests.cli.home import Home

EMPTY = "an empty text names no file"


@pytest.mark.parametrize(
    "words",
    [
        ("replay",),
        ("review", "import"),
        ("review", "batch"),
        ("eval",),
        ("cues", "learn"),
        ("transcribe",),
        ("journal", "backup"),
        ("journal", "import"),
        ("journal", "forget", "--erased-in"),
        ("script", "check", "--model"),
        ("rules", "test", "courtesy"),
        ("eval", "call.txt", "--save"),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_not_the_present_folder(home: Home, words: tuple[str, ...]) -> None:
    (home.desk / "call.txt").write_text("Agent: Hello.\nCustomer: Hello.\n", "utf-8")
    done = home.run(*words, "")
    assert (done.code, EMPTY in done.err) == (2, True)
    assert EMPTY not in home.run(*words, "", language="zh").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("script", "schema", "-o", "folder"), "it takes a file, not a folder"),
        (("form", "new", "mine", "--dir", "file"), "it takes a folder, not a file"),
        (("review", "appeal", "last"), "TEXT is missing"),
        (("calls", "--journal", "folder"), "folder is a folder, and the journal is a file"),
        (("search", "hello", "--journal", "folder"), "name another with --journal"),
        (("note", "last", "hi", "--journal", "folder"), "name another with --journal"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, tuple) else "",
)
def test_what_stands_where_something_else_should_is_told(
    home: Home, words: tuple[str, ...], told: str
) -> None:
    (home.desk / "folder").mkdir()
    (home.desk / "file").write_text("", "utf-8")
    done = home.run(*words)
    assert done.code in (2, 3)
    assert told in done.err
    assert told not in home.run(*words, language="zh").err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_settings_are_kept_where_a_link_leads(home: Home) -> None:
    real = home.desk / "dotfiles.toml"
    real.write_text("# mine\n", "utf-8")
    link = home.path / ".config" / "callcoach" / "config.toml"
    link.parent.mkdir(parents=True)
    link.symlink_to(real)
    assert home.run("config", "set", "agent", "Li").code == 0
    assert link.is_symlink()
    assert "# mine" in real.read_text("utf-8")
    assert "Li" in real.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="descriptors are POSIX's")
def test_closed_streams_are_no_crash_and_no_file_takes_their_place(home: Home) -> None:
    home.make_call("say\nend hung_up\n")

    def close() -> None:
        for number in (0, 1, 2):
            os.close(number)

    done = home.spawn("calls", preexec_fn=close)
    assert done.returncode == 0
    assert not (home.path / ".local" / "state" / "callcoach" / "crashes").exists()
    assert home.run("journal", "verify").code == 0
