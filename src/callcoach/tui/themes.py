"""The colours: dark, light, high contrast, and the terminal's own."""

from textual.theme import Theme

_SHARED = {"block-cursor-text-style": "none", "footer-key-foreground": "#88c0d0"}

DARK = Theme(
    name="callcoach-dark",
    primary="#6cb6c9",
    secondary="#9aa7c7",
    accent="#e2b714",
    foreground="#dfe3ea",
    background="#14181f",
    surface="#1a202a",
    panel="#222a36",
    success="#7fbf7f",
    warning="#e5a04b",
    error="#f07178",
    dark=True,
    variables={
        "border": "#3a4657",
        "input-selection-background": "#6cb6c9 35%",
        "scrollbar-background": "#1a202a",
    },
)
LIGHT = Theme(
    name="callcoach-light",
    primary="#1f6f82",
    secondary="#4b5a7a",
    accent="#8a6100",
    foreground="#1b2028",
    background="#fbfbf9",
    surface="#f2f2ee",
    panel="#e6e7e3",
    success="#2c6e2f",
    warning="#9a5b00",
    error="#b3202c",
    dark=False,
    variables={"border": "#b4b8bf", "scrollbar-background": "#e6e7e3"},
)
HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#00ffff",
    secondary="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff00",
    warning="#ffff00",
    error="#ff6060",
    dark=True,
    text_alpha=1.0,
    variables={"border": "#ffffff"},
)
# A terminal's own colours may be dark or light: what is chosen is shown in reverse, not by a shade.
ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    accent="ansi_yellow",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    dark=True,
    variables={
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)
THEMES = (DARK, LIGHT, HIGH_CONTRAST, ANSI)
