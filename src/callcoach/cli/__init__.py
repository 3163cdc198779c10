"""The commands; the only place where adapters are built and wired together."""

from callcoach.cli.main import main

__all__ = ["main"]
