"""The ink of a diagram: texts and their widths, boxes and signs, as pieces of SVG."""

from xml.sax.saxutils import escape

from callcoach.words.display import display
from callcoach.words.wrap import cell, width, wrap

SMALL, BODY, HEAD = 11.0, 13.0, 14.0
"""The sizes of text, in pixels."""
_FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei',"
    " 'Noto Sans CJK SC', sans-serif"
)

CLASS = "callcoach-diagram"
"""The picture's own class: its looks leave the page around it alone."""
_LOOKS = """
text { font-family: FONT; font-size: 13px; fill: #111827; }
.title { font-weight: 600; font-size: 14px; }
.id { font-size: 11px; fill: #4b5563; }
.note { font-size: 11px; fill: #4b5563; font-style: italic; }
.code { font-size: 11px; font-weight: 700; fill: #ffffff; }
.heading { font-size: 18px; font-weight: 600; fill: #75808c; }
.legend { fill: #75808c; font-size: 12px; }
.card { fill: #ffffff; stroke: #4b5563; stroke-width: 1.2; }
.start { fill: #e0f2fe; stroke: #0369a1; stroke-width: 2.4; }
.hub { fill: #fffbeb; stroke: #b45309; }
.end { fill: #ecfdf5; stroke: #047857; stroke-width: 1.6; }
.inner { fill: none; stroke: #047857; stroke-width: 1; }
.objection { fill: #faf5ff; stroke: #7e22ce; stroke-dasharray: 5 3; }
.band { fill: none; stroke: #8b5cf6; stroke-width: 1.4; stroke-dasharray: 7 5; }
.badge { fill: #047857; }
.label { fill: #f3f4f6; stroke: #d1d5db; stroke-width: 0.8; }
.arrow { fill: none; stroke: #75808c; stroke-width: 1.5; }
.head { fill: #75808c; stroke: none; }
.back { fill: none; stroke: #7e22ce; stroke-width: 1.5; stroke-dasharray: 3 1.8; }
.tip { fill: none; stroke: #7e22ce; stroke-width: 1.5; }
.mark { fill: none; stroke: #4b5563; stroke-width: 1.3; }
.solid { fill: #0369a1; stroke: none; }
""".replace("FONT", _FONT)
STYLE = "\n".join(f".{CLASS} {look}" for look in _LOOKS.strip().splitlines())


def measure(text: str, size: float = BODY, *, is_bold: bool = False) -> float:
    """Return how wide a text is at most, in pixels, whichever of the usual fonts it is set in."""
    narrow = 0.65 if is_bold else 0.585
    return size * sum((0.0, narrow, 1.03)[cell(char)] for char in text)


def broken(text: str, room: float, size: float = BODY, *, is_bold: bool = False) -> tuple[str, ...]:
    """Return a text as lines that are no wider than `room`, in pixels; none for an empty one."""
    shown = display(text)
    if not shown:
        return ()
    per_cell = measure(shown, size, is_bold=is_bold) / max(width(shown), 1)
    return tuple(wrap(shown, int(room / max(per_cell, 1.0))))


def rect(style: str, x: float, y: float, wide: float, high: float, rounding: float) -> str:
    """Return a box with round corners; `style` is its class."""
    return (
        f'<rect class="{style}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
        f' rx="{rounding:.1f}"/>'
    )


def words(text: str, x: float, y: float, style: str = "", anchor: str = "") -> str:
    """Return a line of text, from its left end or around its middle."""
    look = f' class="{style}"' if style else ""
    look += f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{look} x="{x:.1f}" y="{y:.1f}">{escaped(display(text))}</text>'


def escaped(text: str) -> str:
    """Return a text as XML holds it; what XML cannot hold at all is left out."""
    return escape(text.translate({0xFFFE: None, 0xFFFF: None}))


def triangle(x: float, y: float) -> str:
    """Return the sign of the start."""
    return f'<path class="solid" d="M{x:.1f} {y - 6:.1f}l12 6l-12 6z"/>'


def ring(x: float, y: float) -> str:
    """Return the sign of something to do in any order."""
    return f'<circle class="mark" cx="{x + 6:.1f}" cy="{y:.1f}" r="4.5"/>'


def up_arrow(x: float, y: float) -> str:
    """Return the sign of a way back to an earlier step."""
    return f'<path class="mark" d="M{x + 6:.1f} {y + 5:.1f}v-10m-4 4l4 -4l4 4"/>'


def on_arrow(x: float, y: float) -> str:
    """Return the sign of a way on."""
    return f'<path class="mark" d="M{x:.1f} {y:.1f}h11m-4 -4l4 4l-4 4"/>'


def flag(x: float, y: float) -> str:
    """Return the sign of an objection."""
    return f'<path class="mark" d="M{x + 2:.1f} {y + 6:.1f}v-12h9l-3 3.5l3 3.5h-9"/>'


def return_arrow(x: float, y: float) -> str:
    """Return the dashed sign of the way back from an objection."""
    line = f"M{x + 15:.1f} {y + 5:.1f}h-7a5 5 0 0 1 0 -10h5"
    tip = f"M{x + 10:.1f} {y - 8:.1f}l4 3l-4 3"
    return f'<path class="back" d="{line}"/><path class="tip" d="{tip}"/>'


def heart(x: float, y: float) -> str:
    """Return the sign of a vulnerable customer."""
    return f'<path class="tip" d="M{x + 7:.1f} {y + 10:.1f}l-7 -7a4 4 0 0 1 7 -5a4 4 0 0 1 7 5z"/>'


def hush(x: float, y: float) -> str:
    """Return the sign of a step in which nothing is heard or written down."""
    ring = f'<circle class="mark" cx="{x + 6:.1f}" cy="{y:.1f}" r="6"/>'
    return f'{ring}<path class="mark" d="M{x + 2:.1f} {y + 4:.1f}l8 -8"/>'
