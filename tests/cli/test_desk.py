"""The desk: a call that is taken up again is judged as it was begun."""

import pytest

from tests.cli.home import Home
from tests.review.learning.calls import team_calls
from tests.support import dump, minimal

PACK = minimal(
    rules={"thanks": {"title": "Thanks", "labels": "thanks", "heard": ["(thank you|thanks)"]}},
    cues={"thank": {"title": "Thank them", "in": "hello", "rule": "thanks"}},
)


@pytest.fixture
def taught(home: Home) -> Home:
    """Return a home whose pack has learned the team's own words of thanks."""
    folder = home.path / "packs" / "example"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(dump(PACK), encoding="utf-8")
    home.environment |= {"CALLCOACH_PACKS": str(folder.parent), "CALLCOACH_PACK": "example"}
    rows = [
        {"call": call.id, "speaker": one.speaker, "text": one.text, "labels": ",".join(one.labels)}
        for call in team_calls()
        for one in call.utterances
    ]
    file = home.write("reviewed.tsv", "\n".join(_table(rows)))
    assert home.run("cues", "learn", file).code == 0
    return home


def _table(rows: list[dict[str, str]]) -> list[str]:
    return ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]


def test_what_was_learned_judges_a_call_that_is_taken_up_again(taught: Home) -> None:
    taught.run("call", "--line-mode", given="a: good day\n")
    taught.run("call", "--resume", "last", "--line-mode", given="a: we are much obliged to you\n")
    shown = taught.run("export", "last", "--format", "json", "-o", "-").json
    heard = [event["body"]["by"] for event in shown["events"] if event["kind"] == "cue_heard"]
    assert heard == ["model"]
