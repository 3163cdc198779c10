"""callcoach rules import: rules of another system as a pack's YAML, and what became of them."""

import json
from pathlib import Path

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named
from callcoach.cli.group import Command
from callcoach.cli.making import check_name
from callcoach.cli.output import force_option, output_option, refuse_existing, write_file
from callcoach.cli.paint import short_path
from callcoach.cli.rules.report import approximate_option, print_report, report_json
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.script.exchange import (
    ExchangeError,
    Handling,
    Imported,
    System,
    detect_system,
    import_rules,
)
from callcoach.script.exchange.tree import languages_of, pack_tree, sections
from callcoach.script.exchange.write import write_yaml
from callcoach.script.model import PackId
from callcoach.settings import Origin
from callcoach.words.display import display, display_block

AUTO = "auto"
MAX_BYTES = 20 * 1024 * 1024
_NAMELESS = PackId("imported")
"""The pack of rules that are to be put into one that is there already."""


@click.command(
    "import",
    cls=Command,
    help=mark(
        "Turn rules of another system (Contact Lens, Transcribe, Google, Aliyun; JSON) into the"
        " section “rules” of a pack, or with --pack NAME into a pack of their own. What cannot be"
        " carried over is told, and its rule left out: none comes in meaning something else."
    ),
    epilog="""
callcoach rules import rules.json -o rules.yaml
callcoach rules import rules.json --pack contact_lens -o contact_lens.yaml
callcoach rules import rules.json --from aliyun --approximate --json
""",
)
@click.argument("file", type=Named(path_type=Path), help=mark("The other system's rules, as JSON."))
@click.option(
    "--from",
    "source",
    type=click.Choice([AUTO, *(it.value for it in System)]),
    default=AUTO,
    show_default=True,
    help=mark("The system that they are from."),
)
@approximate_option
@output_option
@force_option
@json_option
@click.pass_obj
def import_file(
    place: Workplace,
    file: Path,
    source: str,
    approximate: bool,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Import rules; return 1 where none could be taken over."""
    named = place.settings.all["pack"]  # a global option; only who wrote it means a pack to make
    pack = str(named.value) if named.origin is Origin.FLAG else None
    if pack is not None:
        check_name(pack, mark("“{name}” cannot be the name of a pack"))
    refuse_existing(output, force)
    value = read_json(file)
    system = detect_system(value) if source == AUTO else System(source)
    found = import_rules(value, system, PackId(pack or _NAMELESS), approximate=approximate)
    text = _text(found, system, pack, file) if found.rules else ""
    if text and output is not None:
        write_file(output, text.encode("utf-8"))
    messages = place.messages
    if as_json:
        print_json(
            {
                "system": system.value,
                "pack": pack,
                "file": str(output) if output is not None and text else None,
                "yaml": text,
                **report_json(found.reports, messages),
            }
        )
        return 0 if text else 1
    if text and output is None:
        click.echo(display_block(text), nl=False)
    print_report(place, found.reports, err=output is None)
    if text and output is not None:
        path = display(short_path(output))
        click.echo(messages.say("Made {path}. What next:", path=path))
        if pack is None:
            click.echo("  " + messages.say("put it beside the pack.yaml of a pack"))
        else:
            click.echo(f"  callcoach script check ./{path}")
    return 0 if text else 1


def _text(found: Imported, system: System, pack: str | None, file: Path) -> str:
    """Return the YAML of what came in, with a word at its top on what did not."""
    languages = languages_of(found.rules) or ("en",)
    comments = [display(f"Imported from {system.value} rules in {file.name}.")]
    comments += [
        display(f"{report.handling.value.replace('_', ' ')}: {report.name}")
        for report in found.reports
        if report.handling is not Handling.CARRIED
    ]
    if pack is None:
        return write_yaml(sections(found.rules, languages), comments)
    tree = pack_tree(PackId(pack), found.rules, pack.replace("_", " "), languages)
    return write_yaml(tree, comments)


def read_json(file: Path) -> object:
    """Return the JSON value in a file. Raises `ExchangeError`, naming file and line."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise ExchangeError(
            "{path} cannot be read: {why}", "check the path", path=file, why=error.strerror
        ) from error
    if len(data) > MAX_BYTES:
        raise ExchangeError(
            "{name} has more than {most} MB",
            "split it",
            name=file,
            most=MAX_BYTES // (1024 * 1024),
        )
    try:
        value: object = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ExchangeError(
            "{file} is not UTF-8 (byte {start})", "save it as UTF-8", file=file, start=error.start
        ) from error
    except json.JSONDecodeError as error:
        raise ExchangeError(
            "{file}, line {line}: this is no JSON ({why})",
            "export the rules anew",
            file=file,
            line=error.lineno,
            why=error.msg,
        ) from error
    except RecursionError as error:
        raise ExchangeError(
            "{file} is nested too deeply", "export the rules anew", file=file
        ) from error
    except ValueError as error:
        raise ExchangeError(
            "a number in {file} has too many digits", "export the rules anew", file=file
        ) from error
    return value
