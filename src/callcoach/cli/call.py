"""callcoach call: a call, coached, on the screens or line by line."""

import click

from callcoach.cli.answer import json_option
from callcoach.cli.arguments import pack_or_usual
from callcoach.cli.group import Command
from callcoach.cli.hearing.options import audio_options
from callcoach.cli.terminal import require_terminal
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark


@click.command(
    "call",
    cls=Command,
    help=mark(
        "Make a call with a pack, by its name or path. The screens open; with --line-mode the"
        " call runs as printed lines and typed commands."
    ),
    epilog=mark("""\
callcoach call
callcoach call overdue --fact customer_name="Ms Wang" --fact amount_due=1280
callcoach call --resume last
callcoach call courtesy --line-mode
callcoach call courtesy --json < commands.txt
callcoach call overdue --audio mic --listen ask --keep-audio flac
callcoach call overdue --audio call.wav --roles agent,customer --speed 2
"""),
)
@pack_or_usual
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help=mark("What you know already; facts by their ids or titles."),
)
@click.option("--resume", metavar="CALL", help=mark("Go on with a call that was interrupted."))
@click.option("--line-mode", is_flag=True, help=mark("Printed lines and typed commands."))
@audio_options
@json_option
@click.pass_obj
def call(
    place: Workplace,
    pack: str | None,
    facts: tuple[str, ...],
    resume: str | None,
    line_mode: bool,
    audio: str | None,
    roles: str | None,
    speed: float,
    rate: int | None,
    follow: bool | None,
    as_json: bool,
) -> int:
    """Make a call; return the exit code."""
    from callcoach.cli.desk import Desk
    from callcoach.cli.hearing.audio import MIC, read_audio
    from callcoach.tui.ports import Order

    if resume and (pack or facts):
        raise UsageError(
            "a call that goes on keeps its pack and what is known of it",
            "leave out the pack and --fact; facts are told in the call",
        )
    heard = read_audio(audio, roles, speed, rate, follow)
    desk = Desk(place, heard)
    order = Order(pack or place.settings.text("pack"), facts=pairs(facts))
    if heard is not None:
        known = desk.past(resume).summary.language if resume else desk.language_of(order)
        desk.ears.check(known)
    if not (line_mode or as_json):
        require_terminal(mark("callcoach call --line-mode works without one"))
        from callcoach.cli.home import open_call

        open_call(desk, order, resume)
        return 0
    from callcoach.cli.getting_ready import getting_ready
    from callcoach.cli.lines.converse import converse

    with getting_ready(order.pack, place.messages, is_silent=as_json):
        live = desk.resume(desk.past(resume).summary.id) if resume else desk.begin(order)
        listener = desk.ears.listener(live) if desk.ears.are_wanted else None
    return converse(
        place,
        live,
        as_json=as_json,
        listener=listener,
        ends_with_keys=heard is None or heard.source == MIC,
    )


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Return `NAME=VALUE` texts as a table. Raises `UsageError` for one without a sign."""
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise UsageError("“{given}” is no fact", "write --fact name=value", given=text)
        found[name.strip()] = value.strip()
    return found
