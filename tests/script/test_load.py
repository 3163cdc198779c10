"""Loading: packs made of files become a script, or findings about what nobody meant."""

import pytest

from callcoach.script.facts import FactId
from callcoach.script.load import PackFiles, load_pack
from callcoach.script.model import CueId, CueKind, ExitId, LineId, PackId, Severity, Speaker, StepId
from tests.support import (
    MINIMAL,
    codes,
    dump,
    end,
    files,
    findings,
    load,
    minimal,
    script_of,
    shipped_files,
    step,
)

# What a pack says


def test_the_smallest_pack_loads_without_a_finding() -> None:
    assert findings(MINIMAL) == ()
    assert findings(minimal()) == ()
    script = script_of(MINIMAL)
    assert (script.id, script.version, script.languages) == ("example", "1", ("en",))
    assert script.start == "example.hello"
    assert list(script.steps) == ["example.hello", "example.bye"]
    assert script.title.plain("en") == "Example"


def test_a_step_says_everything_that_is_written_in_it() -> None:
    hello: dict[str, object] = {
        "title": "Hello",
        "note": "Smile",
        "say": {"hi": ["Good morning.", "Good day."], "who": {"en": "Who is it?", "when": "known"}},
        "asks": ["reason"],
        "cues": "greet",
        "heard": ["hello there"],
        "exits": {
            "on": {
                "label": "On",
                "to": "bye",
                "when": "known",
                "after": ["talk"],
                "heard": {"en": "go on", "cue": "greet"},
                "say": ["hi"],
                "asks": "reason",
                "waives": ["greet"],
                "sets": {"known": "yes"},
            },
            "talk": {"label": "Talk", "stay": "yes", "optional": "yes"},
        },
    }
    script = script_of(
        minimal(
            steps={"hello": hello, "bye": end("Goodbye.")},
            facts={
                "reason": {"type": "text", "title": "Reason"},
                "known": {"type": "yes_no", "title": "Known"},
            },
            cues={"greet": {"in": "hello", "title": "Greet", "heard": ["good morning"]}},
        )
    )
    made = script.steps[StepId("example.hello")]
    assert made.lines == ("example.hi", "example.who")
    assert made.asks == ("example.reason",)
    assert made.cues == ("example.greet",)
    assert [phrase.text.value for phrase in made.heard.phrases] == ["hello there"]
    assert made.note is not None
    assert made.note.plain("en") == "Smile"
    assert (made.is_hub, made.is_end, made.is_objection) == (True, False, False)
    on = made.exit(ExitId("on"))
    assert on is not None
    assert (on.to, on.after, on.waives) == ("example.bye", ("talk",), ("example.greet",))
    assert (on.lines, on.asks) == (("example.hi",), ("example.reason",))
    assert [(fact, text.value) for fact, text in on.sets] == [("example.known", "yes")]
    assert on.when is not None
    assert on.heard.cues == ("example.greet",)
    assert [phrase.text.value for phrase in on.heard.phrases] == ["go on"]
    talk = made.exit(ExitId("talk"))
    assert talk is not None
    assert (talk.stay, talk.optional, talk.to) == (True, True, None)
    who = script.lines[LineId("example.who")]
    assert who.when is not None
    assert script.lines[LineId("example.hi")].when is None
    assert made.exit(ExitId("nowhere")) is None


def test_a_cue_says_everything_that_is_written_in_it() -> None:
    pack = minimal(
        cues={
            "greet": {
                "in": ["hello", "bye"],
                "title": "Greet",
                "within": "20s of step",
                "before": "leave",
                "times": "1-3",
                "each_visit": "yes",
                "weight": "2.5",
                "severity": "minor",
                "required_for": ["done"],
                "why": "It is kind",
                "suggest": {"en": "Good morning."},
                "heard": ["good morning"],
                "unless": ["no good morning"],
            },
            "leave": {"in": "bye", "title": "Leave", "required_for": "all", "heard": "goodbye"},
        },
        watch={"pays": {"title": "Pays", "speaker": "customer", "heard": "i pay"}},
        avoid={
            "threat": {
                "title": "Threat", "until": ["bye", "greet"], "repair": "greet", "heard": "or else"
            }
        },
    )  # fmt: skip
    script = script_of(pack)
    greet = script.cues[CueId("example.greet")]
    assert (greet.kind, greet.speaker, greet.severity) == (
        CueKind.SAY,
        Speaker.AGENT,
        Severity.MINOR,
    )
    assert greet.within is not None
    assert (greet.within.seconds, greet.within.of) == (20.0, "step")
    assert (greet.least, greet.most, greet.each_visit, greet.weight) == (1, 3, True, 2.5)
    assert (greet.before.cues, greet.before.steps) == (("example.leave",), ())
    assert (greet.required_for, greet.is_always_required) == (("example.done",), False)
    assert greet.suggest == "example.greet_suggestion"
    assert [phrase.text.value for phrase in greet.unless] == ["no good morning"]
    leave = script.cues[CueId("example.leave")]
    assert (leave.is_always_required, leave.required_for) == (True, ())
    pays = script.cues[CueId("example.pays")]
    assert (pays.kind, pays.speaker, pays.is_call_wide) == (CueKind.WATCH, Speaker.CUSTOMER, True)
    threat = script.cues[CueId("example.threat")]
    assert (threat.kind, threat.severity) == (CueKind.AVOID, Severity.CRITICAL)
    assert (threat.after.cues, threat.after.steps) == (("example.greet",), ("example.bye",))
    assert threat.repair == "example.greet"
    assert script.due == {
        "example.hello": ("example.greet",),
        "example.bye": ("example.greet", "example.leave"),
    }


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [("2", 2, None), ("1-3", 1, 3), ("0-2", 0, 2), ("2–4", 2, 4), ("1 - 2", 1, 2)],
)
def test_times_are_a_least_or_a_range(written: str, least: int, most: int | None) -> None:
    greet = {"in": "hello", "title": "Greet", "heard": "good morning", "times": written}
    cue = script_of(minimal(cues={"greet": greet})).cues[CueId("example.greet")]
    assert (cue.least, cue.most) == (least, most)


@pytest.mark.parametrize("written", ["twice", "1-", "-1", "1-x", "1,2"])
def test_times_that_are_none_are_reported(written: str) -> None:
    greet = {"in": "hello", "title": "Greet", "heard": "good morning", "times": written}
    assert "CC007" in codes(minimal(cues={"greet": greet}))


def test_a_spoke_that_waits_for_all_waits_for_those_that_are_not_optional() -> None:
    hub = step("Hub", one={"stay": "yes"}, two={"stay": "yes", "optional": "yes"},
               three={"stay": "yes"}, on={"to": "bye", "after": "all"})  # fmt: skip
    script = script_of(minimal(steps={"hello": hub, "bye": end("Goodbye.")}))
    on = script.steps[StepId("example.hello")].exit(ExitId("on"))
    assert on is not None
    assert on.after == ("one", "three")


def test_a_pack_may_lie_in_several_files() -> None:
    tree = minimal()
    steps = tree.pop("steps")
    parts = {"pack.yaml": dump(tree), "steps.yaml": dump({"steps": steps}), "empty.yaml": "\n"}
    assert codes(PackFiles(PackId("example"), parts)) == []
    one = script_of(PackFiles(PackId("example"), parts))
    assert one.digest == script_of(minimal()).digest


def test_a_section_may_lie_in_several_files_and_an_id_in_one_of_them() -> None:
    more = {"steps": {"more": step("More.", on="bye")}}
    parts = {"pack.yaml": MINIMAL, "more.yaml": dump(more)}
    assert codes(PackFiles(PackId("example"), parts)) == ["CC050"]
    twice = {"pack.yaml": MINIMAL, "more.yaml": dump({"steps": {"bye": end("Bye.")}})}
    (finding,) = findings(PackFiles(PackId("example"), twice))
    assert (finding.code, finding.place.file) == ("CC021", "more.yaml")
    assert finding.arguments["first"].startswith("pack.yaml:13:")


def test_a_second_file_holds_sections_and_nothing_else() -> None:
    parts = {"pack.yaml": MINIMAL, "more.yaml": "title: Again\nstepz: {}\n"}
    found = findings(PackFiles(PackId("example"), parts))
    assert [(it.code, it.place.file, it.place.line) for it in found] == [
        ("CC004", "more.yaml", 1),
        ("CC004", "more.yaml", 2),
    ]


def test_one_broken_file_does_not_hide_what_is_wrong_in_the_others() -> None:
    parts = {
        "pack.yaml": MINIMAL + "bogus: 1\n",
        "broken.yaml": "a: [1\nb: 2\n",
        "x.yaml": "y: 1\n",
    }
    found = {(it.code, it.place.file) for it in findings(PackFiles(PackId("example"), parts))}
    assert found == {("CC004", "pack.yaml"), ("CC001", "broken.yaml"), ("CC004", "x.yaml")}


def test_an_id_that_may_stand_in_a_broken_file_is_not_missed() -> None:
    head = MINIMAL.replace("title: Hello", "title: Hello\n    cues: [greet]")
    assert codes(head) == ["CC020"]
    for broken in ("a: [1\nb: 2\n", "cues: {greet: {title: \ufffd}}\n"):
        parts = {"pack.yaml": head, "cues.yaml": broken}
        (found,) = findings(PackFiles(PackId("example"), parts))
        assert found.place.file == "cues.yaml"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("", "CC005"),
        ("callcoach:\n", "CC005"),
        ("callcoach: 2\n", "CC009"),
        ("callcoach: [1]\n", "CC009"),
        ("a: [", "CC001"),
    ],
)
def test_a_file_of_another_format_is_not_read_any_further(head: str, code: str) -> None:
    loaded = load(head + "stepz: {}\n" * bool(head))
    assert loaded.script is None
    assert [finding.code for finding in loaded.findings] == [code]


def test_a_pack_with_errors_has_no_script_and_one_with_warnings_has() -> None:
    assert load(MINIMAL + "bogus: 1\n").script is None
    quiet = load(MINIMAL.replace("languages: [en]", "languages: [en]\nabout: x #y"))
    assert [finding.code for finding in quiet.findings] == ["CC011"]
    assert quiet.script is not None


def test_the_sources_are_the_packs_files_and_those_of_the_packs_it_uses() -> None:
    base = files(minimal(pack="base"), "base")
    loaded = load(minimal(uses=["base"]), base)
    assert [source.id for source in loaded.sources] == ["example", "base"]
    assert loaded.sources[1] is base


def test_every_pack_is_asked_for_once() -> None:
    asked: list[str] = []
    packs = {
        "one": files(minimal(pack="one", uses=["two", "three"]), "one"),
        "two": files(minimal(pack="two", uses=["three"]), "two"),
        "three": files(minimal(pack="three"), "three"),
    }

    def find(id: PackId) -> PackFiles | None:
        asked.append(id)
        return packs.get(id)

    loaded = load_pack(files(minimal(uses=["one", "two", "nowhere", "nowhere"])), find)
    assert sorted(asked) == ["nowhere", "nowhere", "one", "three", "two"]
    assert [finding.code for finding in loaded.findings] == ["CC022", "CC022"]


# What nobody meant


@pytest.mark.parametrize(
    "said",
    ["{hi: }", "{hi: ~}", "{hi: null}", "{hi: []}", '{hi: ""}', '{hi: [Good morning., ""]}'],
)
def test_a_line_without_words_is_reported(said: str) -> None:
    assert codes(MINIMAL.replace("{hi: Good morning.}", said))


@pytest.mark.parametrize("written", ['title: ""', 'title: " "', "title: []"])
def test_a_title_without_words_is_reported(written: str) -> None:
    assert codes(MINIMAL.replace("title: Hello", written))


def test_the_choices_of_a_pack_in_one_language_need_no_language() -> None:
    pack = minimal(
        lines={"by": "By {{ send_by }}."},
        facts={
            "send_by": {
                "type": "choice",
                "title": "By",
                "given": "yes",
                "choices": {"sms": "text message", "letter": "letter"},
            }
        },
    )
    assert codes(pack) == []
    by = script_of(pack).facts[FactId("example.send_by")]
    assert [title.plain("en") for title in by.choices.values()] == ["text message", "letter"]


@pytest.mark.parametrize("language", ["english", "e", "EN", "12", "zh-CN", ""])
def test_a_language_is_a_code_of_two_or_three_letters(language: str) -> None:
    assert "CC007" in codes(minimal(languages=[language]))


def test_a_language_is_named_once() -> None:
    pack = shipped_files(PackId("compliance"))
    twice = {
        name: text.replace("languages: [zh, en]", "languages: [zh, en, zh]")
        for name, text in pack.files.items()
    }
    assert twice != pack.files
    assert codes(PackFiles(pack.id, twice)) == ["CC007"]


def test_all_and_an_outcome_together_are_reported() -> None:
    greet = {"in": "hello", "title": "Greet", "heard": "good morning"}
    both = {"greet": greet | {"required_for": ["all", "done"]}}
    assert codes(minimal(cues=both)) != []
