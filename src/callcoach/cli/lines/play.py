"""Plays a plan as printed lines, at a speed."""

import time

import click

from callcoach.call.live import LiveCall
from callcoach.call.rehearse import Rehearsal, given_facts
from callcoach.cli.answer import print_json
from callcoach.cli.lines.narrate import Narrator
from callcoach.cli.lines.summary import summary_json, summary_lines
from callcoach.cli.workplace import Workplace
from callcoach.script.plan import Plan
from callcoach.words.display import display

LONGEST_PAUSE = 6.0
"""No pause of a demo is longer, in seconds."""


def play_lines(place: Workplace, live: LiveCall, plan: Plan, speed: float, as_json: bool) -> None:
    """Print a plan as it happens, or as JSON what it came to; a speed of 0 plays it at once."""
    narrator = Narrator(live.session, place.messages)
    tell = _quiet if as_json else click.echo
    tell(display(plan.title.plain(live.session.state.language)))
    rehearsal = Rehearsal(live.session, plan)
    for beat in given_facts(live.session, plan):
        rehearsal.play(beat)
    for event in live.events:
        for line in narrator.tell(event):
            tell(line)
    at = 0.0
    for beat in rehearsal.beats():
        if speed:
            time.sleep(min((beat.at - at) / speed, LONGEST_PAUSE))
        at = beat.at
        for event in rehearsal.play(beat):
            for line in narrator.tell(event):
                tell(line)
    happened = [*live.events, *rehearsal.events]
    live.close()
    if as_json:
        print_json(summary_json(live.session, happened, place.messages))
        return
    for line in summary_lines(live.session, happened, place.messages):
        click.echo(line)


def _quiet(_line: str) -> None:
    """Print nothing."""
