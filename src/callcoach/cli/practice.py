"""callcoach practice: a call with a plan as the customer."""

import click

from callcoach.cli.group import Command
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
callcoach practice overdue --plan angry
callcoach practice courtesy --plan smooth --line-mode
""",
)
@click.argument("pack", required=False)
@click.option("--plan", "plan", metavar="NAME", help=mark("The plan that plays the customer."))
@click.option("--list", "list_plans", is_flag=True, help=mark("List the pack's plans."))
@click.option("--line-mode", is_flag=True, help=mark("Printed lines and typed commands."))
@click.pass_obj
def practice(
    place: Workplace, pack: str | None, plan: str | None, list_plans: bool, line_mode: bool
) -> None:
    """Practise a call."""
    from callcoach.cli.desk import Desk
    from callcoach.script.model import PlanId, local
    from callcoach.tui.ports import Order

    desk = Desk(place)
    name = pack or place.settings.text("pack")
    if list_plans:
        for known in desk.load(name).plans.values():
            click.echo(f"{local(known.id):28} {known.title.plain(place.language)}")
        return
    chosen = desk.plan(name, PlanId(plan) if plan else None)
    if not line_mode:
        require_terminal("practice")
        from callcoach.cli.home import open_practice

        open_practice(desk, name, chosen)
        return
    from callcoach.cli.converse import converse
    from callcoach.practice.partner import PlanPartner

    examples = desk.examples(name, chosen)
    facts = {str(fact): wording.plain(place.language) for fact, wording in examples.items()}
    live = desk.begin(Order(name, mode="practice", facts=facts, plan=chosen.id))
    partner = PlanPartner(live.session.coach, chosen, live.session.state.language)
    converse(place, live, partner)
