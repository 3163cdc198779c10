"""Keeps what a version predicted, without anybody's words, to compare later versions with it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcoach.archive.datasets.files import read_text
from callcoach.archive.datasets.model import DatasetError
from callcoach.call.evaluate.compare import Labels
from callcoach.call.evaluate.gold import LabelledCall, Prediction
from callcoach.errors import Told

KEY, FORMAT = "callcoach_eval", 1
_HINT = Told("name a file that callcoach eval --save wrote, or a pack")


@dataclass(frozen=True, slots=True)
class Result:
    """What a version predicted."""

    name: str
    """Which pack and which version of it."""
    labels: Mapping[str, Labels]
    """Of every utterance, by the digest of its call."""


def result_text(
    name: str,
    calls: Sequence[LabelledCall],
    predictions: Mapping[str, Prediction],
    more: Mapping[str, object],
) -> str:
    """Return a result as JSON; `more` is put beside the predictions, for people to read."""
    rows = [
        {
            "call": call.key,
            "digest": call.digest,
            "labels": [sorted(labels) for labels in predictions[call.key].labels],
            "verified": predictions[call.key].verified,
            "early": predictions[call.key].early,
        }
        for call in calls
    ]
    whole = {KEY: FORMAT, "name": name, **more, "predictions": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read_result(path: Path) -> Result:
    """Return a saved result. Raises `DatasetError` where the file is none."""
    try:
        whole = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DatasetError(
            "{file}, line {line}: this is not valid JSON ({why})",
            _HINT,
            file=path,
            line=error.lineno,
            why=error.msg,
        ) from None
    except (ValueError, RecursionError):
        raise no_result(path) from None
    if not isinstance(whole, dict) or KEY not in whole:
        raise no_result(path)
    if whole[KEY] != FORMAT:
        raise DatasetError("{file} was saved by a newer callcoach", "update callcoach", file=path)
    try:
        labels = {
            str(row["digest"]): tuple(map(_labels, _list(row["labels"])))
            for row in whole["predictions"]
        }
    except (KeyError, TypeError):
        raise no_result(path) from None
    return Result(str(whole.get("name", path.name)), labels)


def _labels(given: object) -> frozenset[str]:
    return frozenset(map(str, _list(given)))


def _list(value: object) -> list[object]:
    """Return a list. Raises `TypeError` for what is none."""
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return value


def no_result(path: Path) -> DatasetError:
    """Return what to tell of a file that holds no result, or one that was changed."""
    return DatasetError("{file} is no saved result", _HINT, file=path)
