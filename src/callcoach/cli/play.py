"""Plays a plan as printed lines, at a speed."""

import time

import click

from callcoach.call.live import LiveCall
from callcoach.call.rehearse import Rehearsal, given_facts
from callcoach.cli.narrate import Narrator
from callcoach.cli.summary import summary_lines
from callcoach.cli.workplace import Workplace
from callcoach.script.plan import Plan
from callcoach.words.display import display

LONGEST_PAUSE = 6.0
"""No pause of a demo is longer, in seconds."""


def play_lines(place: Workplace, live: LiveCall, plan: Plan, speed: float) -> None:
    """Print a plan as it happens; a speed of 0 prints it at once."""
    narrator = Narrator(live.session, place.messages)
    click.echo(display(plan.title.plain(live.session.state.language)))
    rehearsal = Rehearsal(live.session, plan)
    for beat in given_facts(live.session, plan):
        rehearsal.play(beat)
    for event in live.events:
        for line in narrator.tell(event):
            click.echo(line)
    at = 0.0
    for beat in rehearsal.beats():
        if speed:
            time.sleep(min((beat.at - at) / speed, LONGEST_PAUSE))
        at = beat.at
        for event in rehearsal.play(beat):
            for line in narrator.tell(event):
                click.echo(line)
    for line in summary_lines(live.session, [*live.events, *rehearsal.events], place.messages):
        click.echo(line)
    live.close()
