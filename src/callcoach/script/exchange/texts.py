"""Phrases as the literal texts they stand for, for systems that know nothing else."""

from collections.abc import Sequence

from callcoach.errors import Told
from callcoach.script.exchange.notation import texts_of
from callcoach.script.exchange.report import Account
from callcoach.script.model import Phrase
from callcoach.script.rules import RuleId
from callcoach.words.phrase import PhraseError


def literal_texts(phrases: Sequence[Phrase], rule: RuleId, account: Account) -> list[str]:
    """Return all texts that some phrases stand for, each once.

    Those with gaps or numbers, or for more texts than are written out, are noted as missing:
    without them the rule means nearly the same, without any it cannot be written.
    """
    found: dict[str, None] = {}
    missing = 0
    for phrase in phrases:
        try:
            texts = texts_of(phrase.text.value)
        except PhraseError:
            texts = None
        if texts is None:
            missing += 1
        else:
            found |= dict.fromkeys(texts)
    note_missing(missing, len(phrases), rule, account)
    return list(found)


def note_missing(missing: int, all_of_them: int, rule: RuleId, account: Account) -> None:
    """Note how many of some phrases cannot be written."""
    if missing and missing == all_of_them:
        why = Told("phrases with gaps or numbers, or that stand for too many texts")
        account.leave(rule, "heard", why)
    elif missing:
        how = Told(
            "without {n} of {all} phrases, which have gaps or numbers or stand for too many texts",
            n=missing,
            all=all_of_them,
        )
        account.approximate(rule, "heard", how)
