"""callcoach cues: what a team's own reviewed calls teach about its cues."""

from callcoach.cli.group import Group, Lazy
from callcoach.locale import mark

COMMANDS = {
    "learn": Lazy("callcoach.cli.cues.learn:learn", mark("Teach judges with reviewed calls")),
    "suggest": Lazy("callcoach.cli.cues.suggest:suggest", mark("Propose phrases for rules")),
    "show": Lazy("callcoach.cli.cues.show:show", mark("Show the judges that are heard")),
    "forget": Lazy("callcoach.cli.cues.show:forget", mark("Remove what was learned")),
}

cues = Group(
    name="cues",
    lazy=COMMANDS,
    help=mark("Let reviewed calls teach how your own team says things."),
    epilog="""
callcoach cues suggest reviewed.tsv
callcoach cues learn reviewed.tsv
callcoach cues show
""",
)
