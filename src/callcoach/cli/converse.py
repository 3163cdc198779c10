"""Runs a call in line mode on standard input and output, and says how it went."""

import sys

import click

from callcoach.call.live import LiveCall
from callcoach.cli.line_mode import LineCall, read_lines
from callcoach.cli.summary import summary_lines
from callcoach.cli.workplace import Workplace
from callcoach.practice.partner import PlanPartner


def converse(place: Workplace, live: LiveCall, partner: PlanPartner | None = None) -> None:
    """Run a call until it ends or the input does; its recorder is closed whatever happens."""
    is_person = sys.stdin.isatty()

    def prompt() -> None:
        if is_person:
            click.echo("> ", nl=False)

    try:
        talk = LineCall(live, place.messages, click.echo, partner)
        if is_person:
            click.echo(place.messages.say("Type help for the commands."))
        talk.run(read_lines(sys.stdin, prompt))
    finally:
        saving = live.close()
    if live.session.state.ended:
        for line in summary_lines(live.session, live.events, place.messages):
            click.echo(line)
    elif saving.saved and saving.is_durable:
        click.echo(place.messages.say("The call is kept; callcoach call --resume last goes on."))
    if not saving.is_durable:
        click.echo(f"{saving.problem}. {saving.hint}", err=True)
        if saving.rescue:
            told = place.messages.say(
                "The rest of the call is in {path}; callcoach journal import takes it back.",
                path=saving.rescue,
            )
            click.echo(told, err=True)
        sys.exit(3)
