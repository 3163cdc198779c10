"""callcoach cues show and forget: the judges that are heard beside the rules of a pack."""

from collections.abc import Iterator, Mapping

import click

from callcoach.archive.export.names import language_name
from callcoach.call.learned import Learned, read_learned
from callcoach.cli.answer import answer, json_option, print_json
from callcoach.cli.cues.learn import title
from callcoach.cli.cues.learned import learned_file
from callcoach.cli.group import Command
from callcoach.cli.shelf import script_of, uncollected, usable
from callcoach.cli.workplace import Workplace
from callcoach.locale import Messages, mark
from callcoach.script.diagnostic import message
from callcoach.script.load import Loaded
from callcoach.script.model import Script
from callcoach.script.rules import RuleId
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad

_NAME, _LANGUAGE = 36, 9
_OF_OTHER_RULES = "CC081"


@click.command(
    "show",
    cls=Command,
    help=mark(
        "Show the judges that are heard beside the rules: what calls of your own have taught, and"
        " what the pack brings; how much better each was, and taught by how many calls."
    ),
    epilog="callcoach cues show\ncallcoach --pack overdue cues show\n",
)
@json_option
@click.pass_obj
def show(place: Workplace, as_json: bool) -> None:
    """Show what was learned, and the judges that the pack brings."""
    with uncollected():
        loaded = place.library.load(place.settings.text("pack"))
    script = usable(loaded, place.language)
    file = learned_file(place, script.id)
    learned = read_learned(file.read_bytes(), str(file)) if file.is_file() else None
    if as_json:
        print_json(_as_json(script, learned))
        return
    for line in _own(script, learned, place.messages, place.language):
        click.echo(line)
    for line in _brought(script, learned, place.messages, place.language):
        click.echo(line)
    for line in _unused(loaded, place.messages, place.language):
        click.echo(line)


def _as_json(script: Script, learned: Learned | None) -> Mapping[str, object]:
    return {
        "pack": script.id,
        "made": learned.made if learned else None,
        "is_current": _is_current(script, learned),
        "rules": {
            id: {"gain": it.gain, "calls": it.calls, "weights": len(it.of)}
            for id, it in (learned.rules if learned else {}).items()
        },
        "brought": {
            language: {
                id: {"gain": it.gain, "calls": it.calls, "weights": len(it.weights)}
                for id, it in judges.items()
            }
            for language, judges in script.judges.items()
        },
    }


def _is_current(script: Script, learned: Learned | None) -> bool:
    return learned is not None and learned.digest == script.digest


def _own(
    script: Script, learned: Learned | None, messages: Messages, language: str
) -> Iterator[str]:
    """Yield a line for each judge that a team's own calls have taught."""
    say = messages.say
    if learned is None:
        yield (
            say("Nothing was learned for {pack} from calls of your own.", pack=script.id)
            if script.judges
            else say("Nothing was learned for {pack}: its rules judge alone.", pack=script.id)
        )
        return
    if script.judges:
        yield say("Taught by calls of your own:")
    for id, weights in learned.rules.items():
        yield f"{_name(script, id, language)}{_gain(weights.gain, weights.calls, messages)}"
    if not _is_current(script, learned):
        yield say("The pack has changed since: they are not heard until you learn anew.")


def _brought(
    script: Script, learned: Learned | None, messages: Messages, language: str
) -> Iterator[str]:
    """Yield a line for each judge that the pack brings, those of a rule together."""
    if not script.judges:
        return
    say = messages.say
    yield say("Brought by the pack, to find what its rules have not:")
    judges = [(id, spoken, it) for spoken, of in script.judges.items() for id, it in of.items()]
    order = {id: place for place, id in enumerate(script.rules)}
    for id, spoken, it in sorted(judges, key=lambda one: order[one[0]]):
        name = pad(language_name(spoken), _LANGUAGE)
        yield f"{_name(script, id, language)}{name}{_gain(it.gain, it.calls, messages)}"
    own = learned.rules if learned and _is_current(script, learned) else {}
    if any(id in own for id, _, _ in judges):
        yield say("Where you have taught a judge, it goes before the pack's.")


def _unused(loaded: Loaded, messages: Messages, language: str) -> Iterator[str]:
    """Yield which files of judges are not used."""
    for it in loaded.findings:
        if it.code == _OF_OTHER_RULES:
            told = message(it, language)
            yield display(messages.say("{place}: {finding}", place=it.place, finding=told))


def _name(script: Script, id: RuleId, language: str) -> str:
    name = title(script.rules[id], language) if id in script.rules else id
    return pad(clip(display(name), _NAME - 1), _NAME)


def _gain(gain: float, calls: int, messages: Messages) -> str:
    return messages.say("{gain} F1, taught by {calls} calls", gain=f"{gain:+.2f}", calls=calls)


@click.command(
    "forget",
    cls=Command,
    help=mark(
        "Remove the judges that calls of your own have taught for a pack: its rules judge again,"
        " with the judges that it brings."
    ),
    epilog="callcoach cues forget\n",
)
@json_option
@click.pass_obj
def forget(place: Workplace, as_json: bool) -> None:
    """Remove what was learned."""
    say = place.messages.say
    script = script_of(place)
    file = learned_file(place, script.id)
    had_judges = file.exists()
    file.unlink(missing_ok=True)
    told = (
        say("The rules of {pack} judge, and the judges that it brings.", pack=script.id)
        if script.judges
        else say("The rules of {pack} judge alone.", pack=script.id)
    )
    answer(as_json, {"pack": script.id, "forgotten": had_judges}, told)
