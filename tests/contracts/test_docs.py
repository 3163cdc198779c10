"""What the guides and the help say about commands is so: each example could be typed."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from callcoach import errors
from callcoach.cli.group import Group
from callcoach.cli.main import hoist
from callcoach.cli.root import ROOT
from callcoach.locale.catalogue import SOURCE, error_classes
from callcoach.script.model import local
from callcoach.settings import BY_NAME, PREFIX
from tests.support import shipped

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDES = sorted((REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")))
MENTION = re.compile(r"`(callcoach [^`]+)`")
VARIABLE = re.compile(rf"\b{PREFIX}([A-Z]+)\b")
OWN_VARIABLES = ("CONFIG",)
"""Variables that are no setting: where the settings are."""


def typed(guide: Path) -> Iterator[tuple[str, str]]:
    """Yield the commands of a guide with their lines: in blocks of code and within text.

    Within text a command may be named without its arguments.
    """
    is_code = False
    for number, line in enumerate(guide.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            is_code = not is_code
        elif is_code and line.strip().startswith("callcoach "):
            yield f"{guide.name}:{number}", re.split(r"\s{3,}|\s+#\s", line.strip())[0]
        elif not is_code:
            place = f"{guide.name}:{number} in text"
            yield from ((place, words) for words in MENTION.findall(line))


def helped(group: Group = ROOT) -> Iterator[tuple[str, str]]:
    """Yield the examples in the help of every command, with its name."""
    context = click.Context(group)
    parts = [group.get_command(context, name) for name in group.list_commands(context)]
    for command in (group, *parts):
        assert command is not None
        if isinstance(command, Group) and command is not group:
            yield from helped(command)
            continue
        assert command.epilog, f"{command.name} has no example"
        for line in command.epilog.strip().splitlines():
            found = re.search(r"callcoach( [^#)]*)?", line)
            assert found, line
            yield str(command.name), found[0].split(" > ")[0].split(" < ")[0].strip()


EXAMPLES = [
    *(example for guide in GUIDES for example in typed(guide)),
    *((f"{name} --help", words) for name, words in helped()),
]


def parse(words: str) -> tuple[click.Command, click.Context]:
    """Return the command that a line names, its words read; raises where it cannot be typed."""
    line = hoist(shlex.split(words)[1:])
    context = ROOT.make_context("callcoach", line)
    command: click.Command = ROOT
    rest = _rest(context)
    while isinstance(command, Group) and rest:
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None
        command = found
        if isinstance(command, Group):
            context = command.make_context(name, list(rest), parent=context)
            rest = _rest(context)
        else:
            context = command.make_context(name, list(rest), parent=context)
    return command, context


def _rest(context: click.Context) -> list[str]:
    """Return the words that a group has left for its command."""
    return [*context._protected_args, *context.args]  # noqa: SLF001 - click hands them on so


@pytest.mark.parametrize(("where", "words"), EXAMPLES, ids=lambda part: part[:60])
def test_an_example_could_be_typed(where: str, words: str) -> None:
    if "…" in words or "|" in words:
        names = re.split(r"[ |]", words)
        assert names[1] in ROOT.lazy, where
        return
    bare = re.sub(r"\b(PATH|FILE|PACK|CALL|NAME)\b", "overdue", words)
    command, context = parse_named(where, bare)
    pack, plan = context.params.get("pack"), context.params.get("plan")
    if plan and command.name in ("demo", "practice"):
        plans = shipped().load(pack or "overdue").plans
        assert plan in {local(known) for known in plans}, where


def parse_named(where: str, words: str) -> tuple[click.Command, click.Context]:
    """Return what a line names; a group alone is fine, it shows its help."""
    try:
        return parse(words)
    except click.exceptions.NoArgsIsHelpError as error:
        return error.ctx.command, error.ctx
    except click.exceptions.Exit:  # --help and --version
        return ROOT, click.Context(ROOT)
    except click.MissingParameter as error:
        if error.ctx is None or not where.endswith("in text"):
            raise
        return error.ctx.command, error.ctx


def test_there_are_examples_in_both_languages() -> None:
    assert len(EXAMPLES) > 80
    for guide in ("README.md", "README.zh.md"):
        assert sum(where.startswith(guide) for where, _ in EXAMPLES) > 10


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_a_variable_that_a_guide_names_sets_something(guide: Path) -> None:
    for name in VARIABLE.findall(guide.read_text(encoding="utf-8")):
        assert name.lower() in BY_NAME or name in OWN_VARIABLES


def test_the_readme_names_every_command() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    missing = [name for name in ROOT.lazy if f"callcoach {name}" not in text]
    assert missing == []


def test_the_tree_of_errors_is_whole() -> None:
    known = error_classes(ast.parse(file.read_bytes()) for file in SOURCE.rglob("*.py"))
    drawn = re.findall(r"^ [│├└─ ]*([A-Z]\w+)(?:  |$)", errors.__doc__ or "", re.MULTILINE)
    assert len(drawn) > 20
    assert sorted(drawn) == sorted(known)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_a_link_within_the_repository_leads_somewhere(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", guide.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (guide.parent / target).exists(), target
