"""How English calls open: who is on the line, was it proven, was the debt told before that.

Lines stand with the turns before them; whole calls with what holds of them in the end. What other
people wrote is measured with `en_openings.tsv`.
"""

import pytest

from tests.script.packs.judging import labels_of, misjudged, turns_of

AGENTS = (
    ("", "Hello, Suki? This is Tamsin from Willow Hire.", "+right_party_check"),
    ("", "Mrs. Hargreaves? It's the Sunnyside Nursery here.", "+right_party_check"),
    ("", "It's the Sunnyside Nursery here.", "+company_introduction -self_introduction"),
    ("", "hello kayleigh", "+right_party_check"),
    ("", "hello there", "-right_party_check"),
    ("", "my name is annika and i can only talk to mr brodie", "-right_party_check"),
    ("", "this is Meridian Property Management", "+company_introduction -self_introduction"),
    ("", "Wendell here, Harbor City Credit.", "+self_introduction +company_introduction"),
    ("C: Who are you?", "Lionel Speke, of Speke and Sons.", "+self_introduction"),
    ("", "We're here from eight until six.", "-self_introduction -company_introduction"),
    ("", "my name's amir what's the first line of your address mate", "+identity_request"),
    ("", "Just to be sure it's yourself, what's your member number?", "+identity_request"),
    ("", "Which mobile number did you join with?", "+identity_request"),
    ("", "Are you still at 14 Mill Lane?", "+identity_request"),
    ("C: I have paid it already.", "could you share the transaction number", "-identity_request"),
    (
        "C: I'm bankrupt.",
        "may i have your attorney's name and the case number",
        "-identity_request",
    ),
    ("", "i'll message you the sort code and the account number", "-identity_request"),
    ("", "Please quote your reference number when you write.", "-identity_request"),
    ("C: I'll pay it now with my card.", "Can I take the long number?", "-identity_request"),
    ("", "Your monthly is late by two months, what's the frame number?", "+debt_disclosure"),
    ("", "You're at two months, and if it hits three they sell it.", "+debt_disclosure"),
    ("", "I'm calling about a personal matter.", "-debt_disclosure"),
    ("", "I'd like a word with Mr. Penrose, if I may.", "+right_party_check"),
    ("", "Is that you, Wilma?", "+right_party_check"),
    ("", "Is this 555 0142?", "-right_party_check"),
    ("", "It's seven hundred and ten from the last delivery.", "+debt_disclosure"),
)
CUSTOMERS = (
    ("A: Would this be Mr. Arkwright?", "It would. And who are you?", "+identity_given"),
    ("A: Have I caught Kiran Deol?", "Yep, you have.", "+identity_given"),
    ("A: I'm hoping to get hold of Al Nyquist.", "You found Big Al.", "+identity_given"),
    ("A: May I speak with Mr. Gupta?", "Yes, his secretary. How may I help?", "-identity_given"),
    ("A: Is Annabel's mother there?", "I'm her stepmother.", "-identity_given"),
    ("A: What's your security word?", "Oh, goodness. Is it marigold?", "+identity_given"),
    ("A: What's your security word?", "I don't remember.", "-identity_given"),
    ("A: Give me the serial number.", "You're joking. It's on the back.", "-identity_given"),
    ("A: What's the email you use with us?", "It's dev91 at inboxly dot com.", "+identity_given"),
)
CALLS = {
    "gave a code that no list names": (
        "verified -early",
        "A: Hello, is that Mrs. Okafor? It's Pia from Harbour Moorings.",
        "C: It is.",
        "A: Could you let me have the mark on the stern?",
        "C: QX 3318.",
        "A: Thanks. The winter fee is unpaid, ninety pounds.",
    ),
    "was asked for a time, and no code": (
        "-verified early",
        "A: Hello, is that Mrs. Okafor? It's Pia from Harbour Moorings.",
        "C: It is, but I'm at work.",
        "A: Could you tell me when you're free?",
        "C: After 6.",
        "A: Fine. It's only that the winter fee is unpaid, ninety pounds.",
    ),
    "asked back, was told why, and gave it": (
        "verified -early",
        "A: Hi Lena, Omar here from Delta Mobile. We sent a code to you. Could you read it out?",
        "C: Isn't it unsafe to read those out?",
        "A: This one is for telling us who you are, it says so at the top.",
        "C: Right, so it does. 440 817.",
        "A: Thanks. Your August bill is unpaid, sixty dollars.",
    ),
    "told more than the name, which nobody asked for": (
        "-verified early",
        "A: good morning thanks for calling canal rentals may i have your name",
        "C: it's joan pike and my agreement is k four four seven one",
        "A: hi joan your washer is two payments behind",
    ),
    "gave what is not accepted": (
        "-verified early",
        "A: Good morning, is that Mr. Bright?",
        "C: Speaking.",
        "A: What's your postcode, please?",
        "C: LS6 2QP.",
        "A: I'm afraid I can't accept that. It's about the overdue loan.",
    ),
    "somebody else had answered the phone": (
        "verified -early",
        "A: May I speak with Dr. Amin?",
        "C: He's with a patient, but I'll pass you over.",
        "C: Amin speaking.",
        "A: My name's Tola, from Kestrel Finance. What's your memorable answer, the first pet?",
        "C: A parrot, Rio.",
        "A: That's right. The equipment loan missed its payment on the first.",
    ),
    "the debt and the question in one breath": (
        "verified early",
        "A: It's Clare from Pebble. Your instalment failed twice. What email do you use with us?",
        "C: It's rohan dot v at skylark dot co.",
        "A: Thank you, that's the one.",
    ),
    "nothing told and nothing proven": (
        "-verified -early",
        "A: Hello, would you be Mr. Osei?",
        "C: It would. And who are you?",
        "A: Lionel Speke, of Speke and Sons. It's a personal matter, so what's your date of birth?",
        "C: I'm not telling you that.",
    ),
}


@pytest.mark.parametrize(("before", "said", "labels"), AGENTS)
def test_what_agents_say(before: str, said: str, labels: str) -> None:
    assert misjudged(labels_of([*turns_of(before), f"A: {said}"], "en")[-1], labels) == []


@pytest.mark.parametrize(("before", "said", "labels"), CUSTOMERS)
def test_what_customers_say(before: str, said: str, labels: str) -> None:
    assert misjudged(labels_of([*turns_of(before), f"C: {said}"], "en")[-1], labels) == []


@pytest.mark.parametrize("name", CALLS)
def test_who_was_proven_and_what_was_told_before(name: str) -> None:
    verdicts, *turns = CALLS[name]
    held: set[str] = set().union(*labels_of(turns, "en"))
    for verdict in verdicts.split():
        assert (verdict.removeprefix("-") in held) is not verdict.startswith("-")
