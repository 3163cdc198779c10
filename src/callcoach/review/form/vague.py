"""Finds words in a question that every reviewer reads differently."""

import re

_ENGLISH = (
    "good", "bad", "nice", "great", "proper", "properly", "appropriate", "appropriately",
    "adequate", "adequately", "professional", "professionally", "professionalism", "attitude",
    "polite", "politely", "politeness", "friendly", "friendliness", "effective", "effectively",
    "satisfactory", "reasonable", "quality", "excellent", "respectful", "respectfully",
    "empathetic", "courteous", "courteously",
)  # fmt: skip
_CHINESE = (
    "态度", "专业", "良好", "得体", "恰当", "适当", "合适", "妥当", "到位", "优秀", "友好", "友善",
    "礼貌", "有效", "合理", "满意", "规范", "较好", "不错", "热情", "耐心",
)  # fmt: skip
_GREETING = r"good (?:morning|afternoon|evening|night|day|bye)"
_WORD = re.compile(
    rf"\b(?!{_GREETING})(?:{'|'.join(_ENGLISH)})\b|{'|'.join(_CHINESE)}", re.IGNORECASE
)


def vague_word(title: str) -> str:
    """Return the first word of a title that says no more than “good”; empty where none does."""
    found = _WORD.search(title)
    return found[0] if found else ""
