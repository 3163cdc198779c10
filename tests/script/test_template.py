"""Which templates a line may hold: names, conditions and four filters, and nothing hostile."""

import re
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import TemplateError
from callcoach.script.template import (
    MAX_IN_BRACES,
    MAX_LENGTH,
    MAX_NODES,
    TemplateSyntax,
    UnsafeTemplate,
    Use,
    read_template,
)
from tests.support import counted, quickest

UNSAFE = [
    # reaching into Python
    "{{ a.__class__ }}",
    "{{ a.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ a['__class__'] }}",
    "{{ a[0] }}",
    "{{ a[0:10] }}",
    "{{ a._secret }}",
    "{{ a.b.c }}",
    "{{ (a).b.c }}",
    "{{ a|attr('__class__') }}",
    "{{ a|map(attribute='__class__')|list }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.cycler }}",
    "{{ request['application']['__globals__'] }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ config.items() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ dict.mro() }}",
    "{{ a.format(b) }}",
    "{{ '{0.__class__}'.format(a) }}",
    "{{ '%s' % a }}",
    # calls
    "{{ a() }}",
    "{{ range(10**9) }}",
    "{{ lipsum(5) }}",
    "{{ dict(a=1) }}",
    "{{ a.upper() }}",
    "{% call a() %}x{% endcall %}",
    # going round, defining, importing
    "{% for x in a %}x{% endfor %}",
    "{% for x in range(10**9) %}{{ x }}{% endfor %}",
    "{% set x = 1 %}{{ x }}",
    "{% set x %}x{% endset %}",
    "{% with x = 1 %}{{ x }}{% endwith %}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "{% block b %}x{% endblock %}",
    "{% extends 'other' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape false %}x{% endautoescape %}",
    # arithmetic
    "{{ 'a' * 10**9 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ a * 1000000 }}",
    "{{ a + a }}",
    "{{ a - 1 }}",
    "{{ a / 0 }}",
    "{{ a // 2 }}",
    "{{ a % 2 }}",
    "{{ -a }}",
    "{{ a == -1 }}",
    "{{ +a }}",
    "{{ a ~ a }}",
    # filters
    "{{ a|length }}",
    "{{ a|safe }}",
    "{{ a|pprint }}",
    "{{ a|join }}",
    "{{ a|center(1000000000) }}",
    "{{ a|default('x') }}",
    "{{ a|replace('a', 'aaaaaaaaaa') }}",
    "{{ a|upper(1) }}",
    "{{ a|upper(x=1) }}",
    "{{ a|upper(*b) }}",
    "{{ a|upper(**b) }}",
    "{{ a|indent(99999999) }}",
    "{{ a|format(b) }}",
    "{{ a|tojson }}",
    "{{ a|wordwrap(1) }}",
    # tests, literals
    "{{ a is defined }}",
    "{{ a is divisibleby(0) }}",
    "{{ a is callable }}",
    "{{ [a, b] }}",
    "{{ (a, b) }}",
    "{{ {'a': b} }}",
    "{% if [a] %}x{% endif %}",
    "{{ true }}",
    "{{ None }}",
    "{% if false %}x{% endif %}",
    # what only looks like a comparison with a fact
    "{% if a == none %}x{% endif %}",
    "{% if a == b %}x{% endif %}",
    "{% if 1 < a < 5 %}x{% endif %}",
    "{% if a == (a | upper) %}x{% endif %}",
    "{% if a == b.__class__ %}x{% endif %}",
    "{% if a == [1] %}x{% endif %}",
    "{% if a == 'a' * 10**9 %}x{% endif %}",
    "{% if a == ('x' if b else 'y') %}x{% endif %}",
    # attributes and calls hidden in other places
    "{% if a.__class__ %}x{% endif %}",
    "{% if a() %}x{% elif a %}y{% endif %}",
    "{% if a %}x{% elif a.b.c %}y{% endif %}",
    "{% if a %}x{% else %}{{ a() }}{% endif %}",
    "{{ 'x' if a() else 'y' }}",
    "{{ a if b else b.__init__ }}",
    "{{ (a | upper).__class__ }}",
    "{{ a.__getattribute__ | upper }}",
    "{{ a['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ a|attr('\\u005f\\u005fclass__') }}",
    "{{ a|upper|map('lower') }}",
    "{{ caller() }}",
    "{{ loop.index }}{{ super() }}",
    "{{ varargs.x.y }}",
    "{{ url_for.__globals__.current_app }}",
    "{{ get_flashed_messages() }}",
    "{%- set a = a.__class__ -%}",
    "{% for a in a recursive %}{{ loop(a) }}{% endfor %}",
    "{% print(a) %}{% call(x) a() %}{% endcall %}",
    "{# {{ a #}{{ a() }}",
    # whatever else Jinja knows
    "{% do a.append(1) %}",
    "{% break %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{{ a",
    "a }} {{",
    "{% if a %}x",
    "{% if %}x{% endif %}",
    "{% endif %}",
    "{{ }}",
    "{{ a b }}",
    "{{ 您好 吗 }}",
    "{{ a! }}",
    "{{ a | }}",
    "{# never closed",
    "{% raw %}never closed",
    # size
    "x" * (MAX_LENGTH + 1),
    "{{ a }}" * MAX_NODES,
    "{{ " + "(" * 1500 + "a" + ")" * 1500 + " }}",
    "{{ " + "not " * 900 + "a }}",
    "{% if a %}" * 180 + "{% endif %}" * 180,
    "{{ a" + ".b" * 900 + " }}",
    "{{ a" + "|upper" * 600 + " }}",
    "{{ a" + " and a" * 600 + " }}",
    "{{ a" + " and a" * 200 + " }}",
    "{{ a" + " if a else a" * 100 + " }}",
    "{{ '" + "x" * MAX_IN_BRACES + "' }}",
    "{% if a %}x" + "{% elif a == 1 %}x" * 400 + "{% endif %}",
    "{{" * 1000,
    "{%" * 1000,
    "{#" * 1000,
    "{{ '" * 600,
]


@pytest.mark.parametrize("template", UNSAFE, ids=range(len(UNSAFE)))
def test_a_hostile_or_broken_template_is_refused_with_a_remedy(template: str) -> None:
    with pytest.raises((TemplateSyntax, UnsafeTemplate)) as refused:
        counted(60_000, lambda: read_template(template))
    assert refused.value.hint


def test_refusing_a_template_takes_a_few_milliseconds_at_most() -> None:
    read_template("{{ a }}")
    slowest = max((quickest(partial(_refuse, template)), template[:40]) for template in UNSAFE)
    assert slowest[0] < 0.02, slowest


def _refuse(template: str) -> None:
    with suppress(TemplateError):
        read_template(template)


@pytest.mark.parametrize(
    "template",
    [
        "{% if 'x' in a %}x{% endif %}",
        "{% if a in 'xyz' %}x{% endif %}",
        "{% if a not in b %}x{% endif %}",
        "{{ 'x' in a }}",
    ],
)
def test_a_fact_holds_nothing_and_so_in_is_refused(template: str) -> None:
    with pytest.raises(UnsafeTemplate):
        read_template(template)


@pytest.mark.parametrize(
    "template",
    [
        "{% if 1 < 'a' %}x{% endif %}",
        "{% if none < 1 %}x{% endif %}",
        "{% if (a == 1) < 'x' %}x{% endif %}",
        "{% if (a | upper) > 3 %}x{% endif %}",
    ],
)
def test_a_comparison_that_python_cannot_make_is_refused(template: str) -> None:
    with pytest.raises(UnsafeTemplate):
        read_template(template)


@pytest.mark.parametrize(
    "template",
    [
        "{% if a %}" * 110 + "x" + "{% endif %}" * 110,
        "{{ " + "not " * 290 + "a }}",
        "{{ " + "(" * 110 + "a == 1" + ") == 1" * 110 + " }}",
    ],
    ids=["if 110 deep", "not 290 deep", "compare 110 deep"],
)
def test_nesting_that_python_could_not_compile_is_refused(template: str) -> None:
    with pytest.raises(UnsafeTemplate):
        read_template(template)


@pytest.mark.parametrize(
    "template",
    [
        "",
        "Good morning.",
        "您好，我是{{ a }}。",
        "{{ a }}{{ b }}",
        "{{ courtesy.company }}",
        "{{ a | short }}, {{ a | long }}, {{ a | upper }}, {{ a | lower }}",
        "{% if a %}{{ a }}{% else %}nothing{% endif %}",
        "{% if a and not b or a == 'x' %}y{% elif a >= 3 %}z{% endif %}",
        "{{ a if a else b }}",
        "{%- if a -%} x {%- endif -%}",
        "{# a remark #}x",
        "{% raw %}{{ a }}{% endraw %}",
        "{{ 3 if a else 'six' }}",
        "{% if 3 <= a and b == true or 'x' != courtesy.company %}y{% endif %}",
        "one { brace } and a % sign",
        "x" * MAX_LENGTH,
    ],
)
def test_names_conditions_and_known_filters_are_fine(template: str) -> None:
    assert {use.name for use in read_template(template)} <= {"a", "b", "courtesy.company"}


@pytest.mark.parametrize(
    ("template", "uses"),
    [
        ("x", []),
        ("{{ b }} {{ a }} {{ b }}", [Use("b", is_guarded=False), Use("a", is_guarded=False)]),
        ("{{ courtesy.company }}", [Use("courtesy.company", is_guarded=False)]),
        ("{% if a %}x{% endif %}", [Use("a", is_guarded=True)]),
        ("{% if a %}{{ a }}{% endif %}", [Use("a", is_guarded=True)]),
        (
            "{% if a %}{{ b }}{% endif %}",
            [Use("a", is_guarded=True), Use("b", is_guarded=False)],
        ),
        (
            "{% if not a %}x{% elif b == 1 %}{{ a }}{{ b }}{% else %}{{ b }}{{ a }}{% endif %}",
            [Use("a", is_guarded=True), Use("b", is_guarded=True), Use("b", is_guarded=False)],
        ),
        (
            "{% if not (a and b) %}x{% else %}{{ a }}{{ b }}{% endif %}",
            [Use("a", is_guarded=True), Use("b", is_guarded=True)],
        ),
        (
            "{% if a == 1 or a == 2 %}{{ a }}{% endif %}",
            [Use("a", is_guarded=True)],
        ),
        (
            "{% if a %}{{ a }}{% endif %}{{ a }}",
            [Use("a", is_guarded=True), Use("a", is_guarded=False)],
        ),
        ("{{ a if a }}", [Use("a", is_guarded=True)]),
        ("{{ a == 3 }}", [Use("a", is_guarded=False)]),
    ],
)
def test_the_facts_of_a_line_come_in_reading_order(template: str, uses: list[Use]) -> None:
    assert list(read_template(template)) == uses


@pytest.mark.parametrize(
    "template",
    [
        "{% if a %}yes{% else %}{{ a }}{% endif %}",
        "{% if not a %}{{ a }}{% endif %}",
        "{% if a or b %}{{ a }}{% endif %}",
        "{{ 'x' if a else a }}",
    ],
)
def test_a_fact_that_may_be_unknown_where_it_is_said_is_not_guarded(template: str) -> None:
    assert Use("a", is_guarded=False) in read_template(template)


PIECES = [
    *("{{", "}}", "{%", "%}", "{#", "#}", " if ", " endif ", " else ", " for ", " in ", " is "),
    *(
        " not ",
        " and ",
        " a ",
        ".",
        "|",
        "upper",
        "(",
        ")",
        "[",
        "]",
        "==",
        "'",
        '"',
        "1",
        "-",
        "*",
    ),
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_read_or_refused(template: str) -> None:
    try:
        uses = read_template(template)
    except (TemplateSyntax, UnsafeTemplate):
        return
    assert all(use.name.count(".") <= 1 for use in uses)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ amount * 2 }}", "“*” is not possible in a line"),
        ("{{ -amount }}", "“-” is not possible in a line"),
        ("{{ a ~ b }}", "“~” is not possible in a line"),
        ("{{ a() }}", "“( )” is not possible in a line"),
        ("{{ a is defined }}", "“is” is not possible in a line"),
        ("{{ true }}", "“true” is not possible in a line"),
        ("{% for x in y %}{% endfor %}", "“{% for %}” is not possible in a line"),
        ("{% block x %}{% endblock %}", "“{% … %}” is not possible in a line"),
        ("{{ it's }}", "“'” does not belong there"),
        ("{{ a b }}", "“b” does not belong there"),
        ("{% foo %}", "“{% foo %}” does not belong there"),
        ("{{ a", "what is opened is not closed"),
        ("{% if a %}x", "what is opened is not closed"),
        ("{{ }}", "something is missing before they close"),
        ("{{ a | }}", "something is missing before they close"),
        ("{%", "they hold something else than facts and conditions"),
    ],
)
def test_what_is_wrong_is_told_as_the_line_is_written(text: str, told: str) -> None:
    with pytest.raises((TemplateSyntax, UnsafeTemplate)) as refused:
        read_template(text)
    assert refused.value.message.endswith(told)


@given(st.text(alphabet="{}%ab '\"|()[],.:*-+~=!<>if for0", max_size=30))
def test_nothing_that_jinja_says_is_told(text: str) -> None:
    said = ""
    try:
        read_template(f"{{{{ {text}")
    except (TemplateSyntax, UnsafeTemplate) as error:
        said = error.message
    assert not re.search(r"token|template|Jinja|statement|[A-Z][a-z]+Expr", said)
