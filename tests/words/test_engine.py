"""The scanner and the naive matcher agree; compiled phrases survive being saved."""

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.words.engine import automaton
from callcoach.words.engine import program as compiled_program
from callcoach.words.engine.automaton import Automaton
from callcoach.words.engine.codes import Alphabet
from callcoach.words.engine.compile import compile_patterns, pieces
from callcoach.words.engine.compiled import Compiled, digest_of, read, write
from callcoach.words.engine.join import number_spans
from callcoach.words.engine.places import locate
from callcoach.words.engine.program import ROOT, Program
from callcoach.words.engine.scan import Place
from callcoach.words.match import Hit, Matcher, Pattern
from callcoach.words.normalise import tokenise
from callcoach.words.phrase import Choice, Gap, Number, Words, sequences
from tests.words.naive import naive_hits
from tests.words.speech import patterns, utterances

SEEDS = st.integers(min_value=0, max_value=10**9)


class Kept(dict[str, bytes]):
    """A store in memory."""

    def put(self, digest: str, data: bytes) -> None:
        self[digest] = data


def _all(matcher: Matcher, texts: Iterable[str]) -> list[tuple[Hit, ...]]:
    return [matcher.hits(text) for text in texts]


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_engine_finds_what_the_naive_matcher_finds(seed: int) -> None:
    rules = patterns(24, seed)
    texts = list(utterances(12, seed, rules))
    expected = [naive_hits(rules, text) for text in texts]
    matcher = Matcher(rules)
    assert [matcher.hits(text) for text in texts] == expected
    assert [matcher.find(tokenise(text)) for text in texts] == expected


def test_twenty_thousand_utterances_give_the_same_hits_each_way_to_ask() -> None:
    rules = patterns(600, 1)
    texts = list(utterances(20_000, 2, rules))
    matcher = Matcher(rules)
    found = [matcher.hits(text) for text in texts]
    assert sum(map(len, found)) > 4_000
    assert found[:30] == [naive_hits(rules, text) for text in texts[:30]]
    for text, hits in zip(texts, found, strict=True):
        tokens = tokenise(text)
        by_key = matcher.by_key(tokens)
        assert matcher.find(tokens) == hits
        assert {hit for key in by_key for hit in by_key.of(key)} == set(hits)


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.text(alphabet="ab您好 \ue001\ue100", max_size=30))
def test_a_scanner_finds_every_place_of_every_literal(seed: int, noise: str) -> None:
    rules = patterns(20, seed)
    alphabet = Alphabet()
    program = compile_patterns(rules, alphabet)
    words = [word for text in utterances(10, seed, rules) for word in tokenise(text).words]
    codes = f"{noise}{alphabet.encode_words(words)}{noise}"
    assert Automaton(program, frozenset).scan(codes) == _places(program, codes)


def test_moves_of_which_there_are_many_are_the_same_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    program = compile_patterns(patterns(60, 9), Alphabet())
    nodes = range(len(program.ends))
    few = [{code: [*after] for code, after in program.moves([node]).items()} for node in nodes]
    monkeypatch.setattr(compiled_program, "_MANY", 0)
    many = [program.moves([node]) for node in nodes]
    assert [{code: [*after] for code, after in moves.items()} for moves in many] == few
    assert [len(moves) for moves in many] == [len(moves) for moves in few]
    assert many[ROOT].get("\ue001") is None
    assert any(len(after) > 1 for after in few[ROOT].values())


def _places(program: Program, codes: str) -> list[Place[frozenset[int]]]:
    """Return every place of every literal that is written out, of one `past` the longest first."""
    found: list[Place[frozenset[int]]] = []
    pending: list[tuple[str, Sequence[int]]] = [("", [ROOT])]
    while pending:
        literal, nodes = pending.pop()
        if ends := program.ended(nodes):
            found += [
                (frozenset(ends), at, at + len(literal))
                for at in range(len(codes))
                if codes.startswith(literal, at)
            ]
        pending += [(literal + code, after) for code, after in program.moves(nodes).items()]
    return sorted(found, key=lambda place: (place[2], place[1]))


WRITTEN = st.text(alphabet="我嗯的是好 i'mIumIf*thets1,2.3。，\u3000\t\n-ａ個", max_size=30)


@given(WRITTEN | st.text(alphabet="aim I'.,1\n ") | st.text(alphabet="我好， 。"))
def test_there_is_one_code_for_every_token_and_a_place(text: str) -> None:
    alphabet = Alphabet()
    for word in ("i", "am", "me", "3"):
        alphabet.learn(word)
    tokens = tokenise(text)
    codes = alphabet.encode_words(tokens.words)
    assert alphabet.encode(text) in (codes, None)
    assert len(codes) == len(tokens.words)
    assert alphabet.spoken(text) == tokens.words
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    for at, (start, end) in enumerate(spans):
        assert list(locate(text, codes, [(at, at + 1)])) == [(start, end)]
        assert list(locate(text, codes, [(0, at + 1)])) == [(spans[0][0], end)]
    every = [(at, at + 1) for at in range(len(spans))]
    assert list(locate(text, codes, every)) == spans


def test_words_given_one_by_one_or_at_once_have_the_same_codes() -> None:
    words = [str(at) if at % 9 == 0 else f"w{at}" for at in range(8_000)]
    one = Alphabet()
    codes = [one.learn(word) for word in words]
    assert len({*codes}) == len(words)
    again = Alphabet(one.words)
    assert [again.learn(word) for word in words] == codes
    assert again.words == words
    assert again.learn("more") not in codes


@settings(max_examples=200)
@given(SEEDS)
def test_the_pieces_of_a_phrase_stand_for_its_sequences(seed: int) -> None:
    for rule in patterns(8, seed):
        spelled = {
            tuple(part for piece in combination for part in piece)
            for row in pieces(rule.phrase)
            for combination in _combinations([_spelled(piece) for piece in row])
        }
        assert spelled == set(sequences(rule.phrase))


_Spelled = list[tuple[str | Gap, ...]]


def _combinations(choices: list[_Spelled]) -> list[_Spelled]:
    found: list[_Spelled] = [[]]
    for options in choices:
        found = [[*before, option] for before in found for option in options]
    return found


def _spelled(piece: Choice | Gap | Number | Words) -> _Spelled:
    """Return what a piece stands for; a segment stands for nothing empty."""
    match piece:
        case Gap():
            return [(piece,)]
        case Number():
            return [("#",)]
        case Words(words):
            return [words]
        case Choice():
            return [one for one in _alternatives(piece) if one]


def _alternatives(choice: Choice) -> _Spelled:
    found: _Spelled = []
    for row in choice.rows:
        parts = [
            _alternatives(part) if isinstance(part, Choice) else _spelled(part) for part in row
        ]
        found += [sum(one, ()) for one in _combinations(parts)]
    return found


def test_forgetting_all_states_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = patterns(60, 5)
    texts = list(utterances(400, 5, rules))
    expected = _all(Matcher(rules), texts)
    monkeypatch.setattr(automaton, "MOST_STEPS", 3)
    forgetful = Matcher(rules)
    assert [forgetful.hits(text) for text in texts] == expected


def test_a_matcher_is_free_to_share_between_threads() -> None:
    rules = patterns(100, 6)
    texts = list(utterances(2_000, 6, rules))
    expected = _all(Matcher(rules), texts)
    shared = Matcher(rules)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: [shared.hits(text) for text in texts], range(4)))
    assert results == [expected] * 4


def test_a_phrase_of_more_parts_than_are_counted_needs_all_of_them() -> None:
    matcher = Matcher([Pattern("key", "please ... call ... me ... back ... soon")])
    said = "please do call me right back very soon"
    assert len(matcher.hits(said)) == 1
    for part in ("please", "call", "me", "back", "soon"):
        assert not matcher.hits(said.replace(part, "so"))


def test_one_rule_finds_the_same_alone_and_among_others() -> None:
    rules = [Pattern(str(at), rule.phrase) for at, rule in enumerate(patterns(80, 7))]
    texts = list(utterances(300, 7, rules))
    together = _all(Matcher(rules), texts)
    for rule in rules:
        alone = _all(Matcher([rule]), texts)
        assert alone == [tuple(hit for hit in hits if hit.key == rule.key) for hits in together]


def test_what_was_stored_is_loaded_and_finds_the_same() -> None:
    rules = patterns(50, 3)
    texts = list(utterances(300, 3, rules))
    store = Kept()
    expected = _all(Matcher(rules, store=store), texts)
    (kept,) = store.values()
    again = Kept(store)
    loaded = Matcher(rules, store=again)
    assert _all(loaded, texts) == expected
    assert again == {digest_of(rules): kept}
    assert _all(Matcher(rules[1:], store=store), texts) == _all(Matcher(rules[1:]), texts)
    assert len(store) == 2


@given(st.data())
def test_damaged_bytes_are_built_again(data: st.DataObject) -> None:
    rules = [Pattern("key", "good (morning|evening)"), Pattern("key", "pay ... # dollars")]
    store = Kept()
    Matcher(rules, store=store)
    digest, kept = next(iter(store.items()))
    at = data.draw(st.integers(0, len(kept) - 1))
    damaged = data.draw(
        st.sampled_from([b"", kept[:at], kept[:at] + bytes((kept[at] ^ 1,)) + kept[at + 1 :]])
    )
    assert read(damaged, Compiled) is None
    store[digest] = damaged
    assert len(Matcher(rules, store=store).hits("good morning, pay me five dollars")) == 2
    assert store[digest] == kept


def test_the_form_of_compiled_phrases_changes_only_with_its_number() -> None:
    """Raise `program.FORMAT` and renew the digest here when compiling changes."""
    program = compile_patterns(patterns(40, 4), Alphabet())
    data = write(Compiled("", program))
    assert hashlib.sha256(data).hexdigest()[:16] == "03dae9cd036e09ab"


COUNTED = """
    a an and the of hundred thousand million billion k grand one two five twenty oh o nil double
    triple first second third twelfth st th point half 3 12 1.5 100 dollars cents percent no
    一 二 两 十 百 千 万 亿 零 〇 点 分 之 几 第 壹 拾 幺 个 月 天 块 毛 元 半 3 15 我
"""


@settings(max_examples=500)
@given(st.lists(st.sampled_from(COUNTED.split()), min_size=1, max_size=6).map(tuple))
def test_every_number_holds_a_code_that_tells_of_numbers(words: tuple[str, ...]) -> None:
    alphabet = Alphabet()
    if number_spans(words):
        assert alphabet.numerals.search(alphabet.encode_words(words))


def test_a_fold_puts_sounds_in_place_of_words() -> None:
    sounds = {"their": "ðɛ", "there": "ðɛ", "在": "zai", "再": "zai", "见": "jian", "件": "jian"}
    matcher = Matcher(
        [Pattern("a", "over there"), Pattern("b", "再见")], fold=lambda word: sounds.get(word, word)
    )
    assert [hit.key for hit in matcher.hits("over their, 在件")] == ["a", "b"]
    assert [hit.key for hit in matcher.hits("在 件")] == ["b"]
    assert [hit.key for hit in matcher.hits("over um there")] == ["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owe 3 of 12", {(1, 2), (3, 4)}),
        ("five hundred", {(0, 2)}),
        ("一千二百八十元", {(0, 6)}),
        ("等一下", set()),
        ("one moment please", set()),
        ("十二块五", {(0, 4)}),
    ],
)
def test_a_number_is_a_span_of_tokens(text: str, expected: set[tuple[int, int]]) -> None:
    assert set(number_spans(tokenise(text).words)) == expected
