"""A line as it is said: facts in each language, what is missing, and which variant."""

import tracemalloc
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.inputs import TellFact
from callcoach.errors import TemplateError
from callcoach.script.check import check, has_errors
from callcoach.script.environment import Blank, Spoken, speak, speak_date
from callcoach.script.facts import FactId, FactKind, FactValue, Money, parse
from callcoach.script.model import Line, LineId
from callcoach.script.render import MAX_RENDERED, Rendered, Renderer
from tests.script.test_template import UNSAFE
from tests.sessions import coach, start
from tests.support import HERE, MINIMAL, counted, fact, files, load, minimal, script_of, wording

FACTS: Mapping[str, Mapping[str, object]] = {
    "name": {"type": "text", "title": {"zh": "称呼", "en": "Name"}, "given": "yes"},
    "amount": {"type": "money", "title": {"zh": "金额", "en": "Amount"}, "given": "yes"},
    "paid_in": {"type": "money", "title": {"zh": "已还", "en": "Paid in"}, "given": "yes"},
    "count": {"type": "number", "title": {"zh": "期数", "en": "Count"}, "given": "yes"},
    "day": {"type": "date", "title": {"zh": "日期", "en": "Day"}, "given": "yes"},
    "agreed": {"type": "yes_no", "title": {"zh": "同意", "en": "Agreed"}, "given": "yes"},
    "items": {"type": "text", "title": {"zh": "物品", "en": "Items"}, "given": "yes"},
    "example": {"type": "text", "title": {"zh": "例子", "en": "Example"}, "given": "yes"},
    "send_by": {
        "type": "choice",
        "title": {"zh": "方式", "en": "By"},
        "given": "yes",
        "choices": {
            "sms": {"zh": "短信", "en": "text message"},
            "letter": {"zh": ["信函", "信"], "en": "letter"},
        },
    },
}
KNOWN: Mapping[str, FactValue] = {
    "name": "Wang",
    "amount": Money(Decimal("1280.50"), "CNY"),
    "paid_in": Money(Decimal(1000), "CNY"),
    "count": Decimal(3),
    "day": date(2026, 12, 1),
    "agreed": True,
    "send_by": "sms",
    "items": "three things",
    "example": "one thing",
}
STEPS = {
    "hello": {
        "title": {"zh": "问好", "en": "Hello"},
        "say": {"hi": {"zh": "您好。", "en": "Hello."}},
        "exits": {"on": {"label": {"zh": "好", "en": "On"}, "to": "bye"}},
    },
    "bye": {
        "title": {"zh": "再见", "en": "Bye"},
        "say": {"so_long": {"zh": "再见。", "en": "Bye."}},
        "outcome": "done",
    },
}
SCRIPT = script_of(
    minimal(
        languages=["zh", "en"],
        title={"zh": "例", "en": "Example"},
        facts=FACTS,
        steps=STEPS,
        outcomes={"done": {"code": "DONE", "title": {"zh": "完成", "en": "Done"}}},
    )
)


def render(
    template: str, language: str = "en", facts: Mapping[str, FactValue] | None = None
) -> Rendered:
    """Return a template as it is said, with every fact known unless others are given."""
    said = KNOWN if facts is None else facts
    line = Line(LineId("example.line"), wording(**{language: template}), None, HERE)
    known = {FactId(f"example.{name}"): value for name, value in said.items()}
    return Renderer(SCRIPT).render(line, 0, language, known)


@pytest.mark.parametrize(
    ("kind", "value", "english", "chinese"),
    [
        (FactKind.MONEY, Money(Decimal("1280.50"), "CNY"), "CN¥1,280.50", "1,280.50元"),
        (FactKind.MONEY, Money(Decimal("1280.5"), "CNY"), "CN¥1,280.50", "1,280.50元"),
        (FactKind.MONEY, Money(Decimal(1000), "CNY"), "CN¥1,000", "1,000元"),
        (FactKind.MONEY, Money(Decimal("0.50"), "CNY"), "CN¥0.50", "0.50元"),
        (FactKind.MONEY, Money(Decimal(-5), "CNY"), "-CN¥5", "-5元"),
        (FactKind.MONEY, Money(Decimal(1000000), "CNY"), "CN¥1,000,000", "1,000,000元"),
        (FactKind.MONEY, Money(Decimal("1280.50"), "USD"), "$1,280.50", "US$1,280.50"),
        (FactKind.MONEY, Money(Decimal(20), "USD"), "$20", "US$20"),
        (FactKind.MONEY, Money(Decimal(1000), "JPY"), "¥1,000", "JP¥1,000"),
        (FactKind.NUMBER, Decimal(3), "3", "3"),
        (FactKind.NUMBER, Decimal("1234.5"), "1,234.5", "1,234.5"),
        (FactKind.DATE, date(2026, 12, 1), "December 1, 2026", "2026年12月1日"),
        (FactKind.YES_NO, True, "yes", "是"),
        (FactKind.YES_NO, False, "no", "否"),
        (FactKind.TEXT, "Ms Wang", "Ms Wang", "Ms Wang"),
        (FactKind.PHONE, "4008001234", "4008001234", "4008001234"),
    ],
)
def test_a_value_is_said_as_its_language_says_it(
    kind: FactKind, value: FactValue, english: str, chinese: str
) -> None:
    assert speak(fact(kind), value, "en") == english
    assert speak(fact(kind), value, "zh") == chinese


@pytest.mark.parametrize("currency", ["KWD", "BHD"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_amount_in_a_currency_with_three_decimals_does_not_grow(
    currency: str, language: str
) -> None:
    said = speak(fact(FactKind.MONEY), Money(Decimal(5), currency), language)
    digits = "".join(char for char in said if char.isdecimal() or char == ".")
    assert Decimal(digits) == 5


@pytest.mark.parametrize(
    "written", ["9" * 24, "9" * 24 + "万", "9" * 20 + ".9999", "0." + "9" * 23]
)
@pytest.mark.parametrize("currency", ["CNY", "KWD", "JPY", "XXX"])
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_every_amount_that_is_understood_can_be_said(
    written: str, currency: str, language: str
) -> None:
    sum_of_money = fact(FactKind.MONEY, currency=currency)
    amount = parse(sum_of_money, written, date(2026, 12, 1))
    assert any(map(str.isdecimal, speak(sum_of_money, amount, language)))


def test_a_choice_is_said_by_its_title() -> None:
    choices = {"sms": wording(zh="短信", en="text message")}
    chosen = fact(FactKind.CHOICE, choices=choices)
    assert speak(chosen, "sms", "en") == "text message"
    assert speak(chosen, "sms", "zh") == "短信"
    assert speak(chosen, "pigeon", "en") == "pigeon"


@pytest.mark.parametrize("language", ["xq", "and"])
@pytest.mark.parametrize("kind_and_value", [
    (FactKind.DATE, date(2026, 12, 1)),
    (FactKind.MONEY, Money(Decimal(5), "CNY")),
    (FactKind.NUMBER, Decimal("1234.5")),
    (FactKind.YES_NO, True),
])  # fmt: skip
def test_a_language_that_babel_does_not_know_is_said_as_english(
    language: str, kind_and_value: tuple[FactKind, FactValue]
) -> None:
    kind, value = kind_and_value
    assert speak(fact(kind), value, language) == speak(fact(kind), value, "en")


@pytest.mark.parametrize(
    ("language", "year", "said"),
    [
        ("en", 2026, "Dec 1"),
        ("en", 2027, "Dec 1, 2026"),
        ("zh", 2026, "12月1日"),
        ("zh", 2025, "2026年12月1日"),
    ],
)
def test_a_short_day_of_another_year_says_its_year(language: str, year: int, said: str) -> None:
    assert speak_date(date(2026, 12, 1), language, "short", date(year, 6, 1)) == said


@pytest.mark.parametrize(("day", "said"), [("2026-12-05", "Dec 5"), ("2020-01-01", "Jan 1, 2020")])
def test_a_call_says_the_year_of_a_short_day_that_is_not_its_own(day: str, said: str) -> None:
    facts = "facts: {due: {type: date, title: Due}}\nlines: {when: 'On {{ due | short }}.'}\n"
    session, _ = start(coach(MINIMAL + facts))
    session.feed(TellFact(FactId("example.due"), day), 1.0)
    assert session.render_line(LineId("example.when")).text == f"On {said}."


@pytest.mark.parametrize(
    ("template", "language", "said"),
    [
        ("Hello.", "en", "Hello."),
        ("Hello {{ name }}.", "en", "Hello Wang."),
        ("Hello {{ example.name }}.", "en", "Hello Wang."),
        ("{{ amount }}", "zh", "1,280.50元"),
        ("{{ day }}", "en", "December 1, 2026"),
        ("{{ day | short }}", "en", "Dec 1"),
        ("{{ day | long }}", "en", "Tuesday, December 1, 2026"),
        ("{{ day | short }}", "zh", "12月1日"),
        ("{{ day | long }}", "zh", "2026年12月1日星期二"),
        ("{{ name | upper }} {{ name | lower }}", "en", "WANG wang"),
        ("{{ name | short }} {{ amount | long }}", "en", "Wang CN¥1,280.50"),
        ("{{ send_by }}", "zh", "短信"),
        ("{{ agreed }}", "zh", "是"),
        ("{% if agreed %}yes{% else %}no{% endif %}", "en", "yes"),
        ("{% if not agreed %}yes{% else %}no{% endif %}", "en", "no"),
        ("{% if amount > 1000 %}much{% endif %}", "en", "much"),
        ("{% if amount > 1280.50 %}much{% else %}little{% endif %}", "en", "little"),
        ("{% if 1000 < amount %}much{% endif %}", "en", "much"),
        ("{% if amount == 1280.5 and count >= 3 %}both{% endif %}", "en", "both"),
        ("{% if send_by == 'sms' %}short{% endif %}", "zh", "short"),
        ("{% if send_by != 'sms' %}long{% else %}short{% endif %}", "en", "short"),
        ("{% if 'sms' == send_by %}short{% endif %}", "en", "short"),
        ("{% if day > '2026-11-30' %}late{% endif %}", "en", "late"),
        ("{% if agreed == true %}yes{% endif %}", "en", "yes"),
        ("{% if name == 3 %}three{% elif name == 'Wang' %}Wang{% endif %}", "en", "Wang"),
        ("{{ name if agreed else count }}", "en", "Wang"),
        ("{{ name }}\n", "en", "Wang"),
        ("{# not said #}said", "en", "said"),
        ("one { brace }", "en", "one { brace }"),
    ],
)
def test_a_template_is_filled_in(template: str, language: str, said: str) -> None:
    assert render(template, language) == Rendered(said, ())


@pytest.mark.parametrize(
    ("template", "language", "said", "missing"),
    [
        ("Hello {{ name }}.", "en", "Hello [Name].", ["name"]),
        ("{{ name }}您好", "zh", "【称呼】您好", ["name"]),
        ("{{ day | short }} {{ day | long }}", "en", "[Day] [Day]", ["day"]),
        ("{{ count }} {{ amount }} {{ count }}", "en", "[Count] [Amount] [Count]",
         ["count", "amount"]),
        ("{% if day %}on {{ day }}{% endif %}then", "en", "then", []),
        ("{% if not day %}some day{% endif %}", "en", "some day", []),
        ("{% if amount > 3 %}much{% else %}who knows{% endif %}", "en", "who knows", []),
        ("{% if amount <= 3 or amount >= 3 or amount == 3 %}x{% endif %}", "en", "", []),
        ("{% if 3 < amount or 3 == amount %}x{% else %}y{% endif %}", "en", "y", []),
    ],
)  # fmt: skip
def test_what_is_not_known_stands_as_its_title_and_is_missing(
    template: str, language: str, said: str, missing: list[str]
) -> None:
    expected = tuple(FactId(f"example.{name}") for name in missing)
    assert render(template, language, {}) == Rendered(said, expected)


@pytest.mark.parametrize(
    "template",
    [
        "{% if not day %}on {{ day }}{% endif %}",
        "{% if day %}soon{% else %}on {{ day }}{% endif %}",
        "{% if day or name %}on {{ day }}{% endif %}",
        "{{ 'soon' if day else day }}",
    ],
)
def test_a_fact_is_missing_wherever_its_title_is_said(template: str) -> None:
    rendered = render(template, facts={"name": "Wang"})
    assert "[Day]" in rendered.text
    assert rendered.missing == ("example.day",)


@pytest.mark.parametrize(
    "template",
    ["{% if agreed %}on {{ day }}{% endif %}", "{% if name == 'Li' %}{{ day }}{% endif %}"],
)
def test_a_fact_is_not_missing_where_nothing_of_it_is_said(template: str) -> None:
    assert render(template, facts={"name": "Wang"}) == Rendered("", ())


def test_two_facts_are_compared_by_their_values_or_not_at_all() -> None:
    template = "{% if amount == paid_in %}all{% elif amount > paid_in %}part{% endif %}"
    same = Money(Decimal(1000), "CNY")
    try:
        said = [render(template).text, render(template, facts={**KNOWN, "amount": same}).text]
    except TemplateError:
        return
    assert said == ["part", "all"]


@pytest.mark.parametrize("name", ["items", "example"])
def test_a_fact_may_be_called_what_python_calls_something_else(name: str) -> None:
    assert render(f"{{{{ example.{name} }}}}").text == KNOWN[name]
    assert render(f"{{{{ {name} }}}}").text == KNOWN[name]


def test_a_fact_called_like_its_pack_may_stand_beside_a_full_name() -> None:
    assert render("{{ example }} and {{ example.name }}").text == "one thing and Wang"
    assert render("{{ example.name }} and {{ example }}").text == "Wang and one thing"


@pytest.mark.parametrize("name", ["self", "true", "none", "not", "in", "if"])
def test_a_fact_with_a_name_that_templates_keep_for_themselves_is_said_or_refused(
    name: str,
) -> None:
    pack = minimal(
        facts={name: {"type": "text", "title": "Kept", "given": "yes", "example": "its value"}},
        lines={"kept": f"Say {{{{ {name} }}}}."},
    )
    loaded = load(pack)
    if loaded.script is None or has_errors(check(loaded)):
        return
    line = loaded.script.lines[LineId("example.kept")]
    known: Mapping[FactId, FactValue] = {FactId(f"example.{name}"): "its value"}
    assert Renderer(loaded.script).render(line, 0, "en", known).text == "Say its value."


def test_a_value_is_never_read_as_a_template() -> None:
    hostile = "{{ 7 * 7 }}{% for x in range(9) %}"
    assert render("Hello {{ name }}.", facts={"name": hostile}) == Rendered(f"Hello {hostile}.", ())


def test_a_value_is_said_as_it_is_and_not_as_a_web_page_would_write_it() -> None:
    assert render("{{ name }}", facts={"name": "<b>A & 'B'"}).text == "<b>A & 'B'"


def test_a_long_value_is_cut_and_so_is_a_long_line() -> None:
    rendered = render("{{ name }}{{ name }}", facts={"name": "x" * 50_000})
    assert rendered.text == "x" * MAX_RENDERED


def test_an_unknown_name_is_a_template_error_with_its_place() -> None:
    with pytest.raises(TemplateError, match=r"here\.yaml:3:5.*nobody"):
        render("{{ nobody }}")


@pytest.mark.parametrize("template", ["{{ a.b.c }}", "{{ range(9) }}", "{{ name"])
def test_a_template_that_the_checker_refuses_is_refused_again(template: str) -> None:
    with pytest.raises(TemplateError):
        render(template)


@pytest.mark.parametrize("template", UNSAFE, ids=range(len(UNSAFE)))
def test_no_hostile_template_is_ever_said(template: str) -> None:
    if "{" not in template:
        return
    with pytest.raises(TemplateError):
        counted(60_000, lambda: render(template))


def test_a_hostile_template_is_refused_before_any_of_it_is_worked_out() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(TemplateError):
            render("{{ 'a' * 10 ** 7 }}")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1_000_000


def test_variants_take_turns_and_begin_again() -> None:
    line = Line(LineId("example.line"), wording(en=["one", "two", "three"]), None, HERE)
    renderer = Renderer(SCRIPT)
    said = [renderer.render(line, variant, "en", {}).text for variant in range(7)]
    assert said == ["one", "two", "three", "one", "two", "three", "one"]


def test_a_missing_language_falls_back_to_the_first_there_is() -> None:
    line = Line(LineId("example.line"), wording(zh="您好", en="Hello"), None, HERE)
    renderer = Renderer(SCRIPT)
    assert renderer.render(line, 0, "fr", {}).text == "您好"
    assert renderer.render(line, 0, "en", {}).text == "Hello"


def test_a_line_without_any_text_says_nothing() -> None:
    line = Line(LineId("example.line"), wording(), None, HERE)
    assert Renderer(SCRIPT).render(line, 0, "en", {}) == Rendered("", ())


def test_a_name_means_the_fact_of_the_pack_that_wrote_the_line() -> None:
    base = minimal(
        pack="base",
        facts={"who": {"type": "text", "title": "Base", "given": "yes"}},
        lines={"base_line": "{{ who }}"},
    )
    mine = minimal(
        uses=["base"],
        facts={"who": {"type": "text", "title": "Mine", "given": "yes"}},
        lines={"own_line": "{{ who }} {{ base.who }}"},
    )
    script = script_of(mine, files(base, "base"))
    known: Mapping[FactId, FactValue] = {
        FactId("base.who"): "B",
        FactId("example.who"): "M",
    }
    renderer = Renderer(script)
    said = {
        id: renderer.render(script.lines[LineId(id)], 0, "en", known).text
        for id in ("base.base_line", "example.own_line")
    }
    assert said == {"base.base_line": "B", "example.own_line": "M B"}


@pytest.mark.parametrize("comparison", ["amount != 3", "3 != amount", "name != 'Wang'"])
def test_a_comparison_with_an_unknown_fact_is_false_in_a_line_as_it_is_in_a_guard(
    comparison: str,
) -> None:
    assert render(f"{{% if {comparison} %}}true{{% endif %}}", facts={}).text == ""


def test_an_unknown_fact_is_equal_to_nothing_and_comes_before_nothing() -> None:
    blank = Blank("[Day]")
    for other in (1, "[Day]", "", None, Blank("[Day]"), Decimal(0)):
        assert not blank == other  # noqa: SIM201 - that it is not equal, not that it is unequal
    for constant in (1, "[Day]"):
        assert not blank < constant
        assert not blank > constant
        assert not blank <= constant
        assert not blank >= constant
    assert not blank


def test_a_value_that_is_spoken_is_false_only_where_it_is_no() -> None:
    assert [bool(Spoken(value, "x", "en")) for value in (False, True, Decimal(0), "")] == [
        False,
        True,
        True,
        True,
    ]


NAMES = st.sampled_from(["name", "amount", "count", "day", "agreed", "send_by", "example.name"])
CONSTANTS = st.sampled_from(["1", "2.5", "'sms'", "'2026-12-01'", "true", "false"])
CONDITIONS = st.recursive(
    NAMES
    | st.builds(
        "{} {} {}".format, NAMES, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), CONSTANTS
    ),
    lambda inner: (
        st.builds("not ({})".format, inner)
        | st.builds("({}) and ({})".format, inner, inner)
        | st.builds("({}) or ({})".format, inner, inner)
    ),
    max_leaves=4,
)
SAID = st.sampled_from(["您好", "Hello ", "。"]) | st.builds(
    "{{{{ {}{} }}}}".format, NAMES, st.sampled_from(["", " | short", " | long", " | upper"])
)
TEMPLATES = st.recursive(
    SAID,
    lambda inner: (
        st.builds("{}{}".format, inner, inner)
        | st.builds("{{% if {} %}}{}{{% endif %}}".format, CONDITIONS, inner)
        | st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, CONDITIONS, inner, inner)
    ),
    max_leaves=6,
)


@given(TEMPLATES, st.sets(st.sampled_from(sorted(KNOWN))), st.sampled_from(["zh", "en"]))
def test_whatever_facts_are_known_a_readable_template_is_said(
    template: str, known: set[str], language: str
) -> None:
    rendered = render(template, language, {name: KNOWN[name] for name in known})
    assert not set(rendered.missing) & {f"example.{name}" for name in known}
    assert "{{" not in rendered.text
    assert "object at" not in rendered.text


@given(TEMPLATES, st.sampled_from(["zh", "en"]))
def test_nothing_is_missing_where_everything_is_known(template: str, language: str) -> None:
    rendered = render(template, language)
    assert rendered.missing == ()
    assert not set(rendered.text) & set("[]【】")
