"""callcoach form: the forms that calls are judged by."""

from callcoach.cli.group import Group, Lazy
from callcoach.locale import mark

form = Group(
    name="form",
    help=mark("List, show, check and make the forms that calls are judged by."),
    lazy={
        "list": Lazy("callcoach.cli.form.list:list_forms", mark("List the forms there are")),
        "show": Lazy("callcoach.cli.form.show:show", mark("Print a form as a reviewer reads it")),
        "check": Lazy("callcoach.cli.form.check:check_forms", mark("Say what is wrong")),
        "new": Lazy("callcoach.cli.form.new:new", mark("Make a small form to start from")),
    },
    epilog="""
callcoach form list
callcoach form show compliance
callcoach form new sales
callcoach form check sales
""",
)
