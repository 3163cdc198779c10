"""Where learned judges are kept, and which of them are good for a script."""

from collections.abc import Mapping
from pathlib import Path

from callcoach.call.learned import LearnedJudge, judges, read_learned
from callcoach.cli.workplace import Workplace
from callcoach.script.model import PackId, Script
from callcoach.script.rules import RuleId


def learned_file(place: Workplace, pack: PackId) -> Path:
    """Return the file of a pack's judges, there or not."""
    return place.data_folder / "learned" / f"{pack}.json"


def learned_judges(place: Workplace, script: Script) -> Mapping[RuleId, LearnedJudge]:
    """Return the judges that were taught for exactly this script.

    Raises `LearnedError` for a file that cannot be read: to judge by other means than the user
    thinks would not be fair.
    """
    file = learned_file(place, script.id)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return {}
    return judges(read_learned(data, str(file)), script.digest)
