"""What was wrong with a call is written down in English and said in any language."""

import msgspec
import pytest

from callcoach.errors import CallcoachError, Told, TranscriptError
from callcoach.locale import LANGUAGES, Messages
from callcoach.review.batch.problems import Problem, kind_of

INNER = Told("there is no transcript in {folder}", folder="a folder")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "error",
    [
        TranscriptError("judging this call ends the program"),
        TranscriptError(
            "there is no transcript in {folder}",
            "name another folder, or a file",
            folder="{x} 文件夹",
        ),
        CallcoachError("{place}: {problem}", INNER, place="a.json, line 3", problem=INNER),
        CallcoachError(INNER),
    ],
)
def test_what_was_written_down_is_told_as_the_error_was(
    error: CallcoachError, language: str
) -> None:
    kept = msgspec.json.decode(msgspec.json.encode(Problem.of("call", error)), type=Problem)
    assert kept.told == str(error)
    messages = Messages(language)
    assert messages.tell(kept.error()) == messages.tell(error)


def test_kinds_are_told_apart_by_what_is_wrong_and_not_by_where_it_is() -> None:
    def error(name: str, what: Told) -> TranscriptError:
        return TranscriptError("{name}, line {line}: {what}", name=name, line=len(name), what=what)

    deep, broken = Told("nested too deeply"), Told("not valid JSON ({why})", why="a sign")
    assert kind_of(error("a", deep)) == kind_of(error("bcd", deep))
    assert kind_of(error("a", broken)) == "{name}, line {line}: not valid JSON ({why})"
