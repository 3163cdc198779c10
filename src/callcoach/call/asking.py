"""Tells whether an utterance asks something, punctuated or as recognisers write it down.

Where sentences are marked, a question has its mark. Where none is, words tell: an auxiliary before
its subject or a question word before an auxiliary; 吗, a question word, or a verb and its denial.

This counts questions anywhere in an unmarked line. What rules ask about, `words.questions`, looks
at how a sentence begins and has to be surer: with this in its place, rules held where none was.
"""

import re

_PRONOUN = r"(?:you|i|we|they|he|she)"
_SUBJECT = (
    rf"(?:{_PRONOUN}|it|this|that|there|these|those|the|your|my|our|his|her|their|anyone|anybody"
    r"|someone|somebody|everything|mr|mrs|ms|miss)"
)
_MODAL = r"(?:can|could|would|will|may|might|shall|should|do|does|did|don't|didn't|can't|won't)"
_BE = r"(?:is|are|was|were|am|isn't|aren't|wasn't|weren't)"
_PERFECT = r"(?:have|has|haven't|hasn't)"
_QUESTION_WORD = (
    r"(?:what|when|where|why|how|who|which|whose)"
    r"(?: (?:much|many|long|soon|often|time|day|date|kind|else))*"
)
_BEFORE = (
    r"(?:^|\b(?:hello|hi|hey|okay|ok|so|and|but|or|well|sorry|sure|yes|no|right|thanks|then)\s)"
)
"""What a question begins after where its first word alone does not tell it."""
_ENGLISH = re.compile(
    rf"\b{_MODAL} {_PRONOUN}\b"
    rf"|\b(?<!you )(?<!they )(?<!we )(?<!this ){_BE} {_PRONOUN}\b(?! know)"
    r"|\b(?:who|what)(?:'s| is) (?:calling|next|this|that|it all)\b"
    r"|\b(?:is there any|is (?:that|this) (?:ok|okay|all ?right|correct|right|mr|mrs|ms|miss)\b)"
    r"|\b(?:would|does|will) (?:that|this|it)\b"
    rf"|(?<!i )(?<!we )(?<!you )(?<!they )\b{_PERFECT} {_PRONOUN}\b"
    rf"|{_BEFORE}(?:{_MODAL}|{_BE}|{_PERFECT}) {_SUBJECT}\b"
    rf"|{_BEFORE}{_QUESTION_WORD}(?:'s| (?:{_MODAL}|{_BE}|{_PERFECT}))\b"
    rf"|{_BEFORE}(?:what about|how about|how come)\b"
    r"|(?<!that's )(?<!is )(?<!are )(?<!'re )(?<!yes )\b(?:right|correct|huh)$"
)
_INDEFINITE = r"(?<!没)(?<!没有)(?<!不知道)(?<!不清楚)(?<!不管)(?<!无论)(?<!不论)(?<!任何)"
_CHINESE = re.compile(
    r"吗"
    rf"|{_INDEFINITE}(?:什么时候|什么(?!的|问题(?:再|随|都|就)|需要(?:再|随|都|就)|事(?:再|随|都|就))|多少|多[久长远大]|几[点号天个家位分]"
    r"|哪[里儿家个些天位种一几站]|怎么[样办]?|如何|为什么|为啥|啥|咋)"
    r"|在哪(?:啊|呀|呢)?$|[^什那这怎多要]么$"
    r"|谁[能是会在]"
    r"|([一-鿿]{1,2})不\1|有没有|是否|能否|可否"
    r"|(?:行|好|对|是|可以|能|接受)不(?:啊|呀)?$"
    r"|[对是]吧$|[您你].{0,4}是.{1,8}吧$"
    r"|(?:^|[那您你])[^了着没在还正]{0,4}呢$"
)
_MARKS = re.compile("[?？]")
_STOPS = tuple(".。!！…")


def asks(text: str) -> bool:
    """Tell whether an utterance asks something."""
    if _MARKS.search(text):
        return True
    plain = text.strip()
    if plain.endswith(_STOPS):
        return "吗" in plain
    words = plain.lower().replace("’", "'")
    return bool(_ENGLISH.search(words) or _CHINESE.search(words))
