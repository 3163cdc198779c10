"""Rules as YAML: what was written is read back as the same rules."""

from dataclasses import fields, is_dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.exchange.notation import NOWHERE
from callcoach.script.exchange.tree import pack_tree
from callcoach.script.exchange.write import write_yaml
from callcoach.script.load import PackFiles, load_pack
from callcoach.script.model import PackId
from callcoach.script.place import Place
from callcoach.script.rules import Condition, Phrases, Rule, RuleId, Scope
from callcoach.script.terms import Severity
from callcoach.script.wording import Wording
from tests.script.exchange.made import PACK, everything, of_call, other, phrase, rules


def load(text: str, pack: str = PACK) -> dict[RuleId, Rule]:
    """Return the rules of a pack that is one file."""
    loaded = load_pack(PackFiles(PackId(pack), {f"{pack}.yaml": text}), lambda _: None)
    assert loaded.script is not None, (loaded.findings, text)
    assert loaded.findings == ()
    return dict(loaded.script.rules)


def placeless(value: object) -> object:
    """Return a value whose places are all the same."""
    if isinstance(value, Place):
        return NOWHERE
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), [placeless(getattr(value, it.name)) for it in fields(value)]
    if isinstance(value, tuple):
        return tuple(map(placeless, value))
    if isinstance(value, dict):
        return {key: placeless(it) for key, it in value.items()}
    return value


@given(rules(everything, of_call(everything)))
def test_rules_read_back_as_they_were_written(rule: Rule) -> None:
    made = [other, rule]
    text = write_yaml(pack_tree(PackId(PACK), made, "Made up", ["en", "zh"]))
    found = load(text)
    assert [placeless(found[it.id].condition) for it in made] == [
        placeless(it.condition) for it in made
    ], text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_any_text_can_be_a_title(title: str) -> None:
    wording = Wording({"en": (phrase(title).text,)}, NOWHERE)
    rule = Rule(RuleId(f"{PACK}.one"), Phrases((phrase("pay"),)), title=wording)
    text = write_yaml(pack_tree(PackId(PACK), [rule], "Made up", ["en"]))
    if title.strip():
        found = load(text)[rule.id].title
        assert found is not None
        assert found.plain("en") == title


def test_everything_about_a_rule_is_written() -> None:
    rule = Rule(
        RuleId(f"{PACK}.one"),
        condition=Phrases((phrase("pay"),)),
        title=Wording({"en": (phrase("One: two # three").text,)}, NOWHERE),
        scope=Scope.CALL,
        labels=("greeting", "null"),
        severity=Severity.CRITICAL,
        weight=2.5,
        since=date(2026, 1, 31),
        until=date(2026, 12, 1),
        threshold=0.75,
        is_alone=True,
    )
    text = write_yaml(pack_tree(PackId(PACK), [rule], "Made up", ["en"]), ["A word before."])
    assert text.startswith("# A word before.\n")
    assert placeless(load(text)[rule.id]) == placeless(rule)


def test_a_long_list_has_a_line_for_each() -> None:
    condition: Condition = Phrases(tuple(phrase(f"we owe you number {it}") for it in range(9)))
    text = write_yaml(pack_tree(PackId(PACK), [Rule(RuleId("made.one"), condition)], "M", ["en"]))
    assert "        - we owe you number 3\n" in text
    assert max(map(len, text.splitlines())) < 100
