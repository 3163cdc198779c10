"""English turns whose meaning hangs on the turns beside them, or on where in the call they stand.

Each line stands with the turns before it; what other people wrote is measured with `en_fifth.tsv`.
"""

import pytest

from tests.script.packs.judging import labels_of, misjudged, turns_of

OWED = "A: You have a balance of 250 overdue."
TURNS = (
    # A goodbye: late in the call, or in answer to one.
    ("C: No, that's everything. Bye.", "A: Better days, Mrs. Lund.", "+closing"),
    ("A: Goodbye, Ms. Dunne.", "C: The kettle is always on at ours.", "+closing"),
    ("A: Goodbye, Ms. Dunne.", "C: Okay.", "-closing"),
    ("A: I'll put you through.", "C: I have a brother on night shift.", "-closing"),
    ("A: All done.", "C: You've been very kind.", "+thanks"),
    ("A: How are you today?", "A: Ta-ra then.", "-thanks"),
    # In writing: they asked, and it will be.
    (
        "C: Could you put that on paper for my accountant?",
        "A: Of course, it will be with her tomorrow.",
        "+written_confirmation",
    ),
    (
        "C: Could you put that on paper for my accountant?",
        "A: I'm afraid I can't do that.",
        "-written_confirmation",
    ),
    # Said back without a verb, after a promise; offered, before one.
    (
        f"{OWED} / C: I can do fifty a month.",
        "A: Fifty on the tenth, and each month after that.",
        "+commitment_recap",
    ),
    (OWED, "A: What if we let it rest until your roof is done?", "+proposal"),
    ("", "A: What if we let it rest until your roof is done?", "-proposal"),
    # A time is for a call where one was spoken of; where they are is no wish for one.
    ("A: When would be a better time to call?", "C: Mornings, before nine.", "+request_callback"),
    (OWED, "C: I'm on my bike.", "-request_callback"),
    ("A: Hello, may I speak to Mr. Lund?", "C: I'm on my bike.", "+request_callback"),
    # Asked for somebody, they speak of no money yet.
    ("A: Hello, may I speak to Mr. Lund?", "C: He's in hospital.", "-hardship"),
    (OWED, "C: My husband is in hospital.", "+hardship"),
    # What is wrong with the goods is why they do not owe.
    (OWED, "C: The machine came damaged and I've reported it twice.", "+dispute"),
    ("A: You lazy liar. You owe us 250.", "C: That isn't right.", "-dispute"),
    # It is off: no threat.
    ("", "A: The summons has been withdrawn.", "-threat_or_pressure"),
    ("", "A: You will get a summons.", "+threat_or_pressure"),
)


@pytest.mark.parametrize(("before", "said", "labels"), TURNS)
def test_turns_are_heard_by_what_stands_beside_them(before: str, said: str, labels: str) -> None:
    assert misjudged(labels_of([*turns_of(before), said], "en")[-1], labels) == []
