"""Judges whole calls by the labels of their utterances: verified, and disclosed before that."""

from collections.abc import Sequence

from callcoach.script.model import Speaker

VERIFIED, EARLY = "verified", "early"
"""What the judgements are called where a rule makes them."""
ASKED, GIVEN, DISCLOSED = "identity_request", "identity_given", "debt_disclosure"


def judge_call(speakers: Sequence[Speaker], said: Sequence[frozenset[str]]) -> tuple[bool, bool]:
    """Return whether the customer proved who they are, and whether the debt was told before that.

    `said` are the labels of each utterance. Verified is who gives identity data after the agent
    asked for them. What the agent discloses in any utterance before that one is early.
    """
    has_asked = is_verified = is_early = False
    for speaker, labels in zip(speakers, said, strict=True):
        if speaker is Speaker.AGENT:
            has_asked = has_asked or ASKED in labels
            is_early = is_early or (DISCLOSED in labels and not is_verified)
        elif GIVEN in labels and has_asked:
            is_verified = True
    return is_verified, is_early
