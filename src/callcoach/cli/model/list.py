"""callcoach model list: the installed speech models, and the official ones there are."""

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.model.commands import places_of
from callcoach.cli.workplace import Workplace
from callcoach.hearing.models.language import LANGUAGES
from callcoach.hearing.models.manifest import Official, Use, official_models
from callcoach.hearing.models.registry import Broken, Model, NoModel, found_models, model_for
from callcoach.locale import mark
from callcoach.words.display import display
from callcoach.words.wrap import pad

USES = {Use.LIVE: mark("live"), Use.AFTERWARDS: mark("recordings")}
"""What a model is quick enough for, in the catalogue of the interface."""


@click.command(
    "list",
    cls=Command,
    help=mark(
        "List the installed speech models, which one hears which language, and the official ones"
        " that can be installed by name. Nothing is asked of the network."
    ),
    epilog="""
callcoach model list
callcoach model list --json
""",
)
@json_option
@click.pass_obj
def list_models(place: Workplace, as_json: bool) -> None:
    """List models."""
    places = places_of(place)
    chosen = place.settings.table("speech")
    hearing = {language: model_for(language, places, chosen) for language in LANGUAGES}
    found = list(found_models(places))
    known = [it.folder for it in found]
    found += [it for it in hearing.values() if isinstance(it, Model) and it.folder not in known]
    names = {it.name for it in found}
    if as_json:
        in_use = {name: _name_of(it) for name, it in hearing.items()}
        print_json(
            {
                "folder": str(places.own),
                "in_use": in_use,
                "installed": [_row(place, it) for it in found],
                "official": [
                    _official_row(place, it, it.name in names) for it in official_models()
                ],
            }
        )
        return
    say = place.messages.say
    click.echo(say("Installed in {folder}:", folder=display(str(places.own))))
    for it in found:
        uses = [code for code, used in hearing.items() if used == it]
        click.echo(f"  {display(_line(place, it, uses))}")
    if not found:
        click.echo("  " + say("none yet"))
    click.echo()
    click.echo(say("Official ones, to install by name (callcoach model install NAME):"))
    for official in official_models():
        sign = "✓" if official.name in names else " "
        size = f"{official.size / 1_000_000:.0f} MB"
        use = pad(say(USES[official.use]), 10)
        columns = (pad(official.id, 12), pad(official.language, 3), f"{size:>8} ", use)
        click.echo(f"{sign} {' '.join(columns)} {official.about[place.language]}")
    click.echo()
    for missing in (it for it in hearing.values() if isinstance(it, NoModel)):
        told = say("{one}: {other}", one=missing.reason, other=missing.remedy)
        click.echo(display(told))


def _line(place: Workplace, found: Model | Broken, uses: list[str]) -> str:
    say = place.messages.say
    if isinstance(found, Broken):
        return f"! {found.name}: {place.messages.tell(found.error)}"
    size = f"{found.record.size / 1_000_000:.1f} MB" if found.record else ""
    used = say("hears {languages}", languages=", ".join(uses)) if uses else ""
    columns = (pad(found.name, 34), pad(found.language or "?", 3), f"{size:>8}", used)
    return " ".join(columns).rstrip()


def _row(place: Workplace, found: Model | Broken) -> dict[str, object]:
    if isinstance(found, Broken):
        why = place.messages.tell(found.error)
        return {"name": found.name, "path": str(found.folder), "is_sound": False, "problem": why}
    record = found.record
    return {
        "name": found.name,
        "path": str(found.folder),
        "is_sound": True,
        "language": found.language,
        "rate": found.rate,
        "takes_words": found.takes_words,
        "notes": [place.messages.say(note) for note in found.notes],
        "size": record.size if record else None,
        "source": record.source if record else None,
        "sha256": record.sha256 if record else None,
        "is_expected": record.is_expected if record else None,
    }


def _official_row(place: Workplace, it: Official, is_installed: bool) -> dict[str, object]:
    return {
        "id": it.id,
        "name": it.name,
        "language": it.language,
        "use": it.use.value,
        "about": it.about[place.language],
        "address": it.address,
        "size": it.size,
        "licence": it.licence,
        "sha256": it.sha256 or None,
        "checked": it.checked.isoformat(),
        "source": it.source,
        "is_installed": is_installed,
    }


def _name_of(found: Model | NoModel) -> str | None:
    return found.name if isinstance(found, Model) else None
