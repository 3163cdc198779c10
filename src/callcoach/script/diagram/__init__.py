"""Draws a script: as Mermaid text for wikis, or as a picture of our own."""

from callcoach.script.diagram.mermaid import mermaid
from callcoach.script.diagram.svg import svg

__all__ = ["mermaid", "svg"]
