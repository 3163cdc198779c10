"""The answers that a form need not spell out: yes or no, met or not, one to five."""

from collections.abc import Mapping, Sequence

from callcoach.review.form.model import Option, OptionId
from callcoach.script.place import Place, Text
from callcoach.script.wording import Language, Wording

_Titles = Mapping[Language, str]

_YES, _NO = {"zh": "是", "en": "Yes"}, {"zh": "否", "en": "No"}

PRESETS: Mapping[str, Sequence[tuple[str, _Titles, float]]] = {
    "yes_no": (("yes", _YES, 1.0), ("no", _NO, 0.0)),
    "no_yes": (("no", _NO, 1.0), ("yes", _YES, 0.0)),
    "met_partly_not": (
        ("met", {"zh": "做到", "en": "Met"}, 1.0),
        ("partly", {"zh": "部分做到", "en": "Partly met"}, 0.5),
        ("not_met", {"zh": "没做到", "en": "Not met"}, 0.0),
    ),
    "one_to_five": tuple(
        (str(number), {"zh": f"{number} 分", "en": str(number)}, (number - 1) / 4)
        for number in range(1, 6)
    ),
}
"""Name to its answers: id, title by language, score.

The best comes first, but for grades: the key that chooses a grade is the grade.
"""


def preset(name: str, languages: Sequence[Language], place: Place) -> tuple[Option, ...]:
    """Return the options of a preset, in those of the form's languages that it is known in."""
    return tuple(
        Option(
            OptionId(id),
            Wording({it: (Text(titles[it], place),) for it in languages if it in titles}, place),
            score,
        )
        for id, titles, score in PRESETS[name]
    )


def missing_languages(languages: Sequence[Language]) -> tuple[Language, ...]:
    """Return the languages that presets are not known in."""
    return tuple(it for it in languages if it not in _YES)
