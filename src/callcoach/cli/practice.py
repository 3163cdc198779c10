"""callcoach practice: a call with a plan as the customer."""

import click

from callcoach.cli.answer import answer, json_option
from callcoach.cli.arguments import pack_or_usual
from callcoach.cli.group import Command
from callcoach.cli.hearing.options import audio_options
from callcoach.cli.terminal import require_terminal
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark


@click.command(
    "practice",
    cls=Command,
    help=mark(
        "Practise a call: you are the agent, a plan of the pack is the customer. At the end you"
        " see the flags, and what would have repaired them."
    ),
    epilog="""
callcoach practice
callcoach practice overdue --plan ill_and_out_of_work
callcoach practice --list
callcoach practice overdue --plan pressing --line-mode
callcoach practice overdue --audio mic
""",
)
@pack_or_usual
@click.option("--plan", "plan", metavar="NAME", help=mark("The plan that plays the customer."))
@click.option("--list", "list_plans", is_flag=True, help=mark("List the pack's plans."))
@click.option("--line-mode", is_flag=True, help=mark("Printed lines and typed commands."))
@audio_options
@json_option
@click.pass_obj
def practice(
    place: Workplace,
    pack: str | None,
    plan: str | None,
    list_plans: bool,
    line_mode: bool,
    audio: str | None,
    roles: str | None,
    speed: float,
    rate: int | None,
    follow: bool | None,
    as_json: bool,
) -> int:
    """Practise a call; return the exit code."""
    from callcoach.cli.desk import Desk
    from callcoach.cli.hearing.audio import MIC, read_audio
    from callcoach.script.model import PlanId, local
    from callcoach.tui.ports import Order

    named = roles if audio in (None, MIC) else roles or "agent"
    heard = read_audio(audio, named, speed, rate, follow)
    desk = Desk(place, heard)
    name = pack or place.settings.text("pack")
    if list_plans:
        plans = desk.load(name).plans.values()
        told = [
            {"plan": local(it.id), "title": it.title.plain(place.language), "demo": it.is_demo}
            for it in plans
        ]
        answer(as_json, told, *(f"{it['plan']:28} {it['title']}" for it in told))
        return 0
    chosen = desk.plan(name, PlanId(plan) if plan else None)
    if heard is not None:
        desk.ears.check(desk.language_of(Order(name)))
    if not (line_mode or as_json):
        require_terminal(mark("callcoach practice --line-mode works without one"))
        from callcoach.cli.home import open_practice

        open_practice(desk, name, chosen)
        return 0
    from callcoach.cli.lines.converse import converse
    from callcoach.practice.partner import PlanPartner

    examples = desk.examples(name, chosen)
    facts = {str(fact): wording.plain(place.language) for fact, wording in examples.items()}
    live = desk.begin(Order(name, mode="practice", facts=facts, plan=chosen.id))
    partner = PlanPartner(live.session.coach, chosen, live.session.state.language)
    listener = desk.ears.listener(live, is_alone=True) if desk.ears.are_wanted else None
    return converse(
        place,
        live,
        partner,
        as_json=as_json,
        listener=listener,
        ends_with_keys=heard is None or heard.source == MIC,
    )
