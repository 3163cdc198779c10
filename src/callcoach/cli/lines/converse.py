"""Runs a call in line mode on standard input and output, and says how it went."""

import sys
from collections.abc import Callable

import click

from callcoach.call.live import LiveCall
from callcoach.call.ports import Saving
from callcoach.cli.answer import print_json
from callcoach.cli.lines.heard import HeardCall, typed_lines
from callcoach.cli.lines.summary import summary_json, summary_lines
from callcoach.cli.lines.typed import LineCall, read_lines
from callcoach.cli.workplace import Workplace
from callcoach.hearing.listener import Listener
from callcoach.practice.partner import PlanPartner
from callcoach.words.display import display


def converse(
    place: Workplace,
    live: LiveCall,
    partner: PlanPartner | None = None,
    *,
    as_json: bool = False,
    listener: Listener | None = None,
    ends_with_keys: bool = True,
) -> int:
    """Run a call until it ends or the input does; return the exit code.

    Its recorder is closed whatever happens. With `as_json` the call is told on the error output,
    and standard output gets what it came to. A `listener` hears it; where `ends_with_keys` is
    false the end of the sound ends it, and not that of the input.
    """
    is_person = sys.stdin.isatty()

    def out(line: str) -> None:
        click.echo(line, err=as_json)

    def prompt() -> None:
        if is_person:
            click.echo("> ", nl=False, err=as_json)

    code = 0
    try:
        if is_person:
            out(place.messages.say("Type help for the commands."))
        if listener is None:
            LineCall(live, place.messages, out, partner).run(read_lines(sys.stdin, prompt))
        else:
            talk = HeardCall(
                live, place.messages, out, partner, listener, ends_with_keys=ends_with_keys
            )
            talk.run(typed_lines())
    except KeyboardInterrupt:
        code = 130
    finally:
        saving = live.close()
    if as_json:
        print_json(summary_json(live.session, live.events, place.messages))
    elif live.session.state.ended:
        for line in summary_lines(live.session, live.events, place.messages):
            click.echo(line)
    if not saving.is_durable:
        _tell_unsaved(place, saving)
        return 3
    if saving.saved and not live.session.state.ended:
        out(place.messages.say("The call is kept; callcoach call --resume last goes on."))
    return code


def _tell_unsaved(place: Workplace, saving: Saving) -> None:
    say: Callable[..., str] = place.messages.say
    told = say("{message}. {hint}", message=say(saving.problem), hint=say(saving.hint))
    click.echo(told, err=True)
    if saving.rescue:
        told = say(
            "The rest of the call is in {path}; callcoach journal import takes it back.",
            path=display(str(saving.rescue)),
        )
        click.echo(told, err=True)
