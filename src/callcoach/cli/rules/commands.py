"""callcoach rules: what counts as said, from and to other systems, and tried out on words."""

from callcoach.cli.group import Group, Lazy
from callcoach.locale import mark

rules = Group(
    name="rules",
    help=mark(
        "Bring rules in from other systems and out to them, list those of a pack, and see what"
        " they make of a sentence or a call."
    ),
    lazy={
        "list": Lazy("callcoach.cli.rules.list:list_rules", mark("List the rules of a pack")),
        "test": Lazy("callcoach.cli.rules.test:test_rules", mark("Show what hits, and why")),
        "import": Lazy(
            "callcoach.cli.rules.importing:import_file",
            mark("Turn another system's rules into a pack"),
        ),
        "export": Lazy(
            "callcoach.cli.rules.exporting:export_pack",
            mark("Turn a pack's rules into another system's"),
        ),
    },
    epilog=mark("""\
callcoach rules list overdue
callcoach rules test overdue --text "I will pay on Friday" --speaker customer
callcoach rules import rules.json -o rules.yaml
callcoach rules export overdue --to contact-lens --approximate -o rules.json
"""),
)
