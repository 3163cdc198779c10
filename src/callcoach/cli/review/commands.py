"""callcoach review: judge calls with a form, agree on them, and judge them again."""

from callcoach.cli.group import Group, Lazy
from callcoach.locale import mark

_HERE = "callcoach.cli.review"

review = Group(
    name="review",
    help=mark("Judge calls with a form: one by one, a sample, together with others, or again."),
    lazy={
        "import": Lazy(
            f"{_HERE}.importing:import_calls", mark("Take transcripts into the journal")
        ),
        "swap": Lazy(f"{_HERE}.swapping:swap", mark("Let agent and customer change places")),
        "batch": Lazy(f"{_HERE}.batch.command:batch", mark("Judge any number of transcripts")),
        "sample": Lazy(f"{_HERE}.sample:draw", mark("Choose calls for review")),
        "queue": Lazy(f"{_HERE}.queue:queue", mark("Go through calls that were chosen")),
        "start": Lazy(f"{_HERE}.start:start", mark("Begin to judge a call")),
        "show": Lazy(f"{_HERE}.show:show", mark("Show a review")),
        "list": Lazy(f"{_HERE}.show:list_reviews", mark("List the reviews")),
        "answer": Lazy(f"{_HERE}.write:answer_question", mark("Answer a question")),
        "comment": Lazy(f"{_HERE}.write:comment", mark("Write a comment")),
        "reject": Lazy(f"{_HERE}.write:reject", mark("Say that a flag is wrong")),
        "submit": Lazy(f"{_HERE}.status:submit", mark("Hand a review in")),
        "reopen": Lazy(f"{_HERE}.status:reopen", mark("Take a submitted review back")),
        "appeal": Lazy(f"{_HERE}.status:appeal", mark("Appeal against a review")),
        "decide": Lazy(f"{_HERE}.status:decide", mark("Decide an appeal")),
        "acknowledge": Lazy(f"{_HERE}.status:acknowledge", mark("Take note of a review")),
        "calibrate": Lazy(f"{_HERE}.calibrate:calibrate_reviews", mark("Compare reviewers")),
        "rescore": Lazy(f"{_HERE}.rescore:rescore", mark("Judge calls again")),
    },
    epilog="""
callcoach review start last --form courtesy
callcoach review answer last greets yes
callcoach review submit last
callcoach review sample --percent 5 --by agent --save december
""",
)
