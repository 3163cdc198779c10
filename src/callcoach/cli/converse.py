"""Runs a call in line mode on standard input and output, and says how it went."""

import sys
from collections.abc import Callable

import click

from callcoach.call.live import LiveCall
from callcoach.call.ports import Saving
from callcoach.cli.answer import print_json
from callcoach.cli.line_mode import LineCall, read_lines
from callcoach.cli.summary import summary_json, summary_lines
from callcoach.cli.workplace import Workplace
from callcoach.practice.partner import PlanPartner
from callcoach.words.display import display


def converse(
    place: Workplace, live: LiveCall, partner: PlanPartner | None = None, *, as_json: bool = False
) -> int:
    """Run a call until it ends or the input does; return the exit code.

    Its recorder is closed whatever happens. With `as_json` the call is told on the error output,
    and standard output gets what it came to.
    """
    is_person = sys.stdin.isatty()

    def out(line: str) -> None:
        click.echo(line, err=as_json)

    def prompt() -> None:
        if is_person:
            click.echo("> ", nl=False, err=as_json)

    code = 0
    try:
        talk = LineCall(live, place.messages, out, partner)
        if is_person:
            out(place.messages.say("Type help for the commands."))
        talk.run(read_lines(sys.stdin, prompt))
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
    click.echo(f"{say(saving.problem)}. {say(saving.hint)}", err=True)
    if saving.rescue:
        told = say(
            "The rest of the call is in {path}; callcoach journal import takes it back.",
            path=display(str(saving.rescue)),
        )
        click.echo(told, err=True)
