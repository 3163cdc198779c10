"""Loads packs: files to one immutable script, every object with its file and line."""

from callcoach.script.load.link import Loaded, load_pack
from callcoach.script.load.pack import FORMAT
from callcoach.script.pack_files import PackFiles

__all__ = ["FORMAT", "Loaded", "PackFiles", "load_pack"]
