"""callcoach coaches a courteous, lawful phone call while it can still be repaired."""

import os

# Kitty-protocol terminals turn an input-method commit of several Chinese characters into
# escape-code rubbish under Textual 8.2; must be set before the first Textual import.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

__version__ = "0.1.0"
