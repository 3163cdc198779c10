"""callcoach report: what calls came to, as a page to show or as a table to reckon with."""

from callcoach.cli.group import Group, Lazy
from callcoach.locale import mark

_HERE = "callcoach.cli.report.make"

report = Group(
    name="report",
    help=mark(
        "Report on one call, an agent, the team or a script: a page of HTML that needs nothing"
        " else, or the same figures as CSV or Parquet. Names, numbers and addresses are masked."
    ),
    lazy={
        "call": Lazy(f"{_HERE}:report_call", mark("Report on one call")),
        "agent": Lazy(f"{_HERE}:report_agent", mark("Report on an agent’s calls")),
        "team": Lazy(f"{_HERE}:report_team", mark("Report on everybody’s calls")),
        "script": Lazy(f"{_HERE}:report_script", mark("Report on the calls of a script")),
    },
    epilog=mark("""\
callcoach report team --since 2026-11-01
callcoach report agent "Li Na" --out li-na.html
callcoach report script overdue --format csv
callcoach report call last
"""),
)
