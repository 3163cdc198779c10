"""--help of every command: a small manual page with examples, in both languages, and quick."""

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from callcoach import __version__
from callcoach.cli.group import Group
from callcoach.cli.main import CLOSED_PIPE
from callcoach.cli.manual import EXIT_CODES
from callcoach.cli.root import ROOT
from callcoach.errors import CallcoachError
from callcoach.locale import Messages
from callcoach.settings import OPTIONS
from callcoach.words.wrap import width
from tests.cli.home import SOURCE, Home

HEAVY = ("textual", "jinja2", "transitions", "yaml", "babel", "msgspec", "sqlite3", "tomlkit")


def commands(group: Group = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every command, groups included."""
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = tuple(commands())
WITHOUT_JSON = {
    ("completion",): "its answer is a shell's",
    ("script", "graph"): "its answer is a drawing",
    ("script", "preview"): "its answer is a screen",
    ("script", "schema"): "its answer is JSON already",
    ("script", "strings", "accept"): "it answers nothing but how much",
    ("script", "strings", "export"): "its answer is a table",
}
"""Commands without --json, and why."""


def descendants(of: type[CallcoachError]) -> Iterator[type[CallcoachError]]:
    """Yield the errors beneath an error."""
    for error in of.__subclasses__():
        yield error
        yield from descendants(error)


def found(path: tuple[str, ...]) -> click.Command:
    """Return the command at a path."""
    command: click.Command = ROOT
    for name in path:
        assert isinstance(command, Group)
        command = command.get_command(click.Context(command), name) or command
    return command


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_help_is_a_small_manual(home: Home, path: tuple[str, ...]) -> None:
    english = home.run(*path, "--help")
    chinese = home.run(*path, "--help", language="zh")
    assert (english.code, chinese.code, english.err) == (0, 0, "")
    assert english.out.startswith(f"Usage: {' '.join(('callcoach', *path))} ")
    assert "\nExamples:\n  " in english.out
    assert "\n示例:\n  " in chinese.out
    for line in english.out.splitlines():
        assert len(line) <= 80, line
    for line in chinese.out.partition("示例:")[0].splitlines():
        assert width(line) <= 80, line
    words = re.sub(r"[a-z_]+", "", chinese.out.partition("示例:")[0])
    assert re.search("[\u4e00-\u9fff]", words)
    for parameter in found(path).params:
        assert parameter.help, (path, parameter.name)
    usage = chinese.out.partition("\n\n")[0]
    names = re.findall("^  (-.*?)(?:  |$)", chinese.out, re.MULTILINE)
    assert "--help" in " ".join(names)
    for form in (usage, *names):
        assert not re.search("[A-Z]{2,}", form), form
    if path:
        assert "--pack" in english.out
        assert "--pack" in chinese.out
    for phrase in ("Print JSON", "Show this", "Show the", "Options", "Arguments"):
        assert phrase not in chinese.out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_what_people_write_in_chinese_examples_is_chinese(path: tuple[str, ...]) -> None:
    written = re.compile(r'"([^"$]*[ ,;][^"$]*)"|(?<!\S)# (.*)|--(?:as|expert|agent) (\S+)')
    for line in Messages("zh").say(found(path).epilog or "").splitlines():
        for words in map("".join, written.findall(line)):
            assert re.search("[\u4e00-\u9fff]", words), line


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_answers_in_json(path: tuple[str, ...]) -> None:
    command = found(path)
    has_json = any("--json" in parameter.opts for parameter in command.params)
    is_list = isinstance(command, Group) and path != ("doctor",)
    assert has_json is not (is_list or path in WITHOUT_JSON)


def test_every_option_of_the_table_is_a_flag(home: Home) -> None:
    told = home.run("--help").out
    for option in OPTIONS:
        assert f"--{option.name.replace('_', '-')}" in told
    assert not re.search(r"--\w+_", told), "options are written with dashes"
    assert re.search(r"--keep-audio-days DAYS ", told)
    codes = told.partition("Exit codes:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  (\d+)", codes, re.MULTILINE) == [str(code) for code in EXIT_CODES]


def test_the_exit_codes_are_those_of_the_errors_and_of_the_readme() -> None:
    raised = {error.exit_code for error in descendants(CallcoachError)}
    assert {*raised, 0, 130, CLOSED_PIPE} == set(EXIT_CODES)
    for page in ("README.md", "docs/README.zh.md"):
        told = (SOURCE.parent / page).read_text(encoding="utf-8")
        rows = re.findall(r"^\| (\d+) \|", told, re.MULTILINE)
        assert list(map(int, rows)) == list(EXIT_CODES), page


def test_the_language_of_help_is_the_flags_or_the_files(home: Home) -> None:
    assert "用法" in home.run("--language", "zh", "--help").out
    assert "用法" in home.run("--language=zh", "calls", "--help").out
    assert "用法" in home.run("calls", "--help", "--language", "zh").out
    home.run("config", "set", "language", "zh")
    assert "用法" in home.run("--help").out


def test_version(home: Home) -> None:
    assert home.run("--version").out == f"callcoach {__version__}\n"


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("call", "--help")], ids=" ".join)
def test_help_loads_nothing_heavy(home: Home, words: tuple[str, ...]) -> None:
    program = (
        "import sys\n"
        "from callcoach.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit: pass\n"
        f"sys.stderr.write(' '.join(n for n in {HEAVY!r} if n in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=home.variables(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("shwo",), "did you mean show?"),
        (("journal", "verfy"), "did you mean verify?"),
        (("calls", "--jso"), "did you mean --json?"),
        (("calls", "extra"), "“extra” is one word too many"),
        (("call", "--fact"), "needs a value"),
        (("--theme", "bogus"), "it takes one of"),
        (("--bogus",), "callcoach --help explains it"),
    ],
)
def test_a_slip_is_told_with_the_nearest(home: Home, words: tuple[str, ...], told: str) -> None:
    made = home.run(*words)
    assert (made.code, made.out) == (2, "")
    assert told in made.err
    chinese = home.run(*words, language="zh").err
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert told not in chinese or told.isascii() is False


def test_a_group_without_a_command_shows_its_help(home: Home) -> None:
    made = home.run("journal")
    assert made.code == 2
    assert "Commands:" in made.err
