"""Rules and calls that Hypothesis makes up, out of few words so that they often meet."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener
from callcoach.call.rules.talk import Said
from callcoach.script.exchange.notation import NOWHERE
from callcoach.script.model import Phrase
from callcoach.script.place import Text
from callcoach.script.rules import (
    Absent,
    Anchor,
    Asking,
    Asks,
    At,
    AtLeast,
    Attribute,
    Condition,
    Distance,
    FactSaid,
    Link,
    Metric,
    Narrowed,
    Near,
    NoneOf,
    NumberIn,
    Order,
    Phrases,
    Refers,
    Regex,
    Rule,
    RuleId,
    Scope,
    Sequence,
    Side,
    Similar,
    Sound,
    Unit,
    Window,
)
from callcoach.script.terms import Speaker
from callcoach.script.wording import Language

PACK = "made"
OTHER = RuleId(f"{PACK}.other")
WORDS = ("pay", "hello", "later", "we", "owe", "thanks")
SIGNS = ("您好", "还款", "明天", "谢谢")
WRITTEN = (
    *("pay [it] later", "(hello|hi) we", "pay ...2 later", "owe #", "we (owe|pay) ...3 #", "#"),
    *("hello", "pay", "we owe", "Thanks", "thanks, hello!", "还款", "您好", "明天...2还款"),
)

texts = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from(SIGNS), min_size=1, max_size=2).map("".join),
)
"""Literal texts."""
lists_of_texts = st.lists(texts, min_size=1, max_size=3, unique_by=str.casefold)
speakers = st.sampled_from([None, Speaker.AGENT, Speaker.CUSTOMER])


def phrase(text: str, language: Language | None = None) -> Phrase:
    """Return a phrase."""
    return Phrase(Text(text, NOWHERE), language or ("en" if text.isascii() else "zh"))


def in_order(phrases: list[Phrase]) -> tuple[Phrase, ...]:
    """Return phrases as packs have them: by language."""
    return tuple(sorted(phrases, key=lambda it: it.language))


phrases = st.lists(
    st.one_of(st.sampled_from(WRITTEN), texts).map(phrase),
    min_size=1,
    max_size=3,
    unique_by=lambda it: it.text.value.casefold(),
).map(in_order)
plain_phrases = phrases.map(Phrases)
hearing = st.builds(
    Phrases,
    phrases,
    at=st.sampled_from(At),
    sound=st.sampled_from([Sound.EXACT, Sound.ALIKE]),
    may_be_negated=st.booleans(),
)
counts = st.integers(1, 9).map(float)
distances = st.builds(Distance, counts, st.sampled_from(Unit), st.booleans())
word_distances = st.builds(Distance, counts, st.just(Unit.WORDS))
windows = st.one_of(
    st.builds(
        Window,
        st.sampled_from([Side.FIRST, Side.LAST]),
        st.sampled_from(Unit),
        st.just(0.0),
        counts,
    ),
    st.builds(Window, st.just(Side.FIRST), st.sampled_from(Unit), st.just(2.0), st.just(5.0)),
)
numbers = st.builds(
    NumberIn,
    st.sampled_from([None, Decimal(5)]),
    st.sampled_from([None, Decimal("99.5")]),
    st.sampled_from([None, "money"]),
)
anchors = st.builds(
    Anchor,
    st.sampled_from(Order),
    st.just((OTHER,)),
    st.one_of(st.none(), st.builds(Distance, counts, st.just(Unit.UTTERANCES))),
    st.sampled_from([None, 1, 2, -1]),
)


def _sorted(anchors: list[Anchor]) -> tuple[Anchor, ...]:
    return tuple(sorted(anchors, key=lambda it: list(Order).index(it.order)))


def narrowed(**bounds: st.SearchStrategy[object]) -> st.SearchStrategy[Narrowed]:
    """Return conditions with bounds; one with bounds itself is put into a group, as in packs."""
    made = st.builds(Narrowed, **bounds).map(
        lambda it: replace(it, part=AtLeast(1, (it.part,))) if isinstance(it.part, Narrowed) else it
    )
    return made.filter(lambda it: it != Narrowed(it.part))


def said(leaves: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Return conditions on single utterances out of such leaves."""

    def more(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            st.builds(AtLeast, st.integers(1, 2), several),
            st.builds(NoneOf, st.lists(parts, min_size=1, max_size=2).map(tuple)),
            narrowed(part=parts, speaker=speakers, window=st.one_of(st.none(), windows)),
        )

    return st.recursive(leaves, more, max_leaves=4)


simple = said(st.one_of(plain_phrases, st.just(Refers((OTHER,)))))
"""Conditions that some other system may have, too."""

_sides = st.tuples(plain_phrases, plain_phrases)
rich = st.one_of(
    said(
        st.one_of(
            plain_phrases,
            hearing,
            st.just(NumberIn()),
            st.builds(FactSaid, st.just("agent"), st.booleans()),
            st.builds(Attribute, st.just("agent"), st.just((Text("7", NOWHERE),))),
            st.builds(Near, _sides, word_distances, st.booleans()),
        )
    ),
    narrowed(
        part=plain_phrases,
        speaker=speakers,
        anchors=st.lists(anchors, max_size=1).map(tuple),
        unless=st.lists(plain_phrases, max_size=1).map(tuple),
        least=st.integers(1, 2),
    ),
    st.builds(
        lambda first, links: Sequence((Link(first), *links)),
        plain_phrases,
        st.lists(
            st.builds(Link, plain_phrases, st.one_of(st.none(), distances), st.booleans()),
            min_size=1,
            max_size=2,
        ),
    ),
)
"""Conditions of which other systems have some, and others not."""

everything = st.recursive(
    st.one_of(
        hearing,
        numbers,
        st.builds(Regex, st.just((Text(r"pa[iy]d? \d+", NOWHERE),)), st.booleans()),
        st.builds(Similar, phrases, st.sampled_from([0.5, 0.8])),
        st.builds(Asks, st.sampled_from(Asking)),
        st.just(Refers((OTHER,))),
        st.builds(Attribute, st.just("agent"), st.just((Text("7", NOWHERE),)), st.booleans()),
    ),
    lambda parts: st.one_of(
        st.builds(AtLeast, st.integers(1, 2), st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(NoneOf, st.lists(parts, min_size=1, max_size=2).map(tuple)),
        st.builds(Near, st.tuples(parts, parts), distances, st.booleans()),
        st.builds(
            lambda first, links: Sequence((Link(first), *links)),
            parts,
            st.lists(
                st.builds(Link, parts, st.one_of(st.none(), distances), st.booleans()),
                min_size=1,
                max_size=2,
            ),
        ),
        narrowed(
            part=parts,
            speaker=speakers,
            window=st.one_of(st.none(), windows),
            anchors=st.lists(anchors, max_size=2, unique_by=lambda it: it.order).map(_sorted),
            unless=st.lists(parts, max_size=1).map(tuple),
            least=st.integers(1, 2),
            most=st.sampled_from([None, 3]),
        ),
    ),
    max_leaves=4,
)
"""Everything that may be asked of a single utterance."""


def of_call(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Return conditions on whole calls, out of some on single utterances."""
    wholes = st.one_of(
        parts,
        st.builds(Metric, st.just("non_talk"), st.just(2.5), st.sampled_from([None, 9.0])),
    )
    return st.recursive(
        wholes,
        lambda inner: st.one_of(
            st.builds(
                AtLeast, st.integers(1, 2), st.lists(inner, min_size=2, max_size=3).map(tuple)
            ),
            st.builds(NoneOf, st.lists(inner, min_size=1, max_size=2).map(tuple)),
            st.builds(Absent, inner, st.sampled_from([None, 4.0])),
        ),
        max_leaves=4,
    )


def rules(
    utterances: st.SearchStrategy[Condition], calls: st.SearchStrategy[Condition]
) -> st.SearchStrategy[Rule]:
    """Return rules of either scope."""
    id = RuleId(f"{PACK}.one")
    return st.one_of(
        st.builds(Rule, st.just(id), utterances),
        st.builds(Rule, st.just(id), calls, scope=st.just(Scope.CALL)),
    )


other = Rule(OTHER, Phrases((phrase("hello"), phrase("您好"))), is_alone=True)
"""The rule that made-up rules refer to."""


def _call(spoken: list[tuple[Speaker, str]]) -> tuple[Said, ...]:
    return tuple(
        Said(speaker, text, number * 2.0, number * 2.0 + 1.5)
        for number, (speaker, text) in enumerate(spoken)
    )


calls = st.lists(
    st.tuples(
        st.sampled_from([Speaker.AGENT, Speaker.CUSTOMER]),
        st.lists(st.sampled_from([*WORDS, *SIGNS, "it", "500", "hi"]), min_size=1, max_size=5).map(
            " ".join
        ),
    ),
    min_size=1,
    max_size=6,
).map(_call)


def judge(rules: dict[RuleId, Rule], id: RuleId, call: tuple[Said, ...]) -> tuple[bool, list[int]]:
    """Return whether a rule holds in a call, and for which of its utterances."""
    listener = Listener(Ruleset(rules), {"agent": "7"})
    hits = [hit for said in call for hit in listener.hear(said)]
    hits += listener.end({"non_talk": 5.0})
    mine = [hit for hit in hits if hit.rule == id]
    return bool(mine), sorted({hit.utterance for hit in mine})
