"""What judges calls here, told by digests: the program's own code, and what a team taught it."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from callcoach.cli.cues.learned import learned_file, learned_judges
from callcoach.cli.workplace import Workplace
from callcoach.script.model import Script

_ROOMS = ("words", "script", "call", "review")
"""Where all that judges lives; what is beside it only shows and keeps."""
_KINDS = (".py", ".txt")
_LENGTH = 16


@cache
def engine_digest() -> str:
    """Return the digest of the code that judges: another one may judge otherwise.

    It tells programs of one version apart; line endings make no difference.
    """
    root, told = Path(str(files("callcoach"))), sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in _KINDS:
                told.update(path.relative_to(root).as_posix().encode())
                told.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return told.hexdigest()[:_LENGTH]


def learned_digest(place: Workplace, script: Script) -> str:
    """Return the digest of the learned judges that are heard; empty where there are none.

    Raises `LearnedError`.
    """
    if not learned_judges(place, script):
        return ""
    return sha256(learned_file(place, script.id).read_bytes()).hexdigest()[:_LENGTH]
