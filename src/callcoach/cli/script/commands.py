"""callcoach script: what trainers need to make, check, test and translate packs."""

from callcoach.cli.group import Group, Lazy
from callcoach.locale import mark

script = Group(
    name="script",
    help=mark("Make, check, test, draw and translate the packs that calls follow."),
    lazy={
        "list": Lazy("callcoach.cli.script.list:list_packs", mark("List the packs there are")),
        "new": Lazy("callcoach.cli.script.new:new", mark("Make a small pack to start from")),
        "check": Lazy("callcoach.cli.script.check:check_packs", mark("Say what is wrong")),
        "explain": Lazy("callcoach.cli.script.explain:explain", mark("Explain a finding")),
        "test": Lazy("callcoach.cli.script.test:test", mark("Rehearse every plan")),
        "coverage": Lazy(
            "callcoach.cli.script.coverage:coverage", mark("Show what plans and calls reach")
        ),
        "preview": Lazy(
            "callcoach.cli.script.list:preview", mark("Walk through a pack while you edit it")
        ),
        "graph": Lazy("callcoach.cli.script.graph:graph", mark("Draw a pack as a diagram")),
        "strings": Lazy("callcoach.cli.script.strings:strings", mark("Translate a pack")),
        "schema": Lazy(
            "callcoach.cli.script.new:schema", mark("Print the schema that editors complete by")
        ),
    },
    epilog="""
callcoach script new service
callcoach script check service
callcoach script test service --full
callcoach script graph service --format svg -o service.svg
""",
)
