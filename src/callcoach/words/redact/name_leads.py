"""The words before, behind and inside of names in English, by which names are known."""

from collections.abc import Mapping
from typing import Final

_SAID: Final = (
    ("my", "name", "is"), ("name", "is"), ("names",), ("my", "name"), ("name", "as"),
    ("names", "are"), ("i", "go", "by"), ("first", "name"), ("last", "name"),
    ("surname", "is"), ("surname",), ("full", "name"), ("name", "on", "it", "is"),
    ("in", "the", "name", "of"), ("under", "the", "name"), ("under", "the", "name", "of"),
    ("account", "holder", "is"), ("holder", "name"), ("spouse", "is"), ("goes", "by"),
    ("known", "as"), ("aka",), ("listed", "as"), ("of", "kin", "is"), ("signer", "is"),
    ("beneficiary", "is"), ("contact", "person", "is"), ("signed", "by"), ("witnessed", "by"),
    ("attention", "of"), ("formerly",), ("addressed", "to"), ("made", "out", "to"),
    ("maiden", "name"), ("nickname", "is"), ("answers", "to"), ("pronounced",),
    ("name", "on", "the", "tenancy", "is"), ("name", "on", "the", "account", "is"),
    ("yours", "sincerely"), ("yours", "faithfully"), ("yours", "truly"), ("kind", "regards"),
    ("best", "regards"),
)  # fmt: skip
"""Behind these almost anything is a name."""
_MEANT: Final = (
    ("this", "is"), ("call", "me"), ("i", "am"), ("it", "is"), ("speaking", "with"),
    ("speaking", "to"), ("speak", "with"), ("speak", "to"), ("talk", "to"), ("talking", "to"),
    ("talking", "with"), ("talk", "with"), ("spoke", "to"), ("spoke", "with"), ("spoken", "to"),
    ("spoken", "with"), ("is", "this"), ("are", "you"), ("myself",), ("name",), ("you", "are"),
    ("is", "that"), ("that", "is"), ("calling", "for"), ("looking", "for"), ("reach",),
    ("ask", "for"), ("ask",), ("tell",), ("put",), ("here", "is"), ("registered", "to"),
    ("belongs", "to"), ("is", "under"), ("was", "under"), ("account", "under"),
    ("on", "behalf", "of"), ("there", "is", "no"), ("somebody", "called"), ("someone", "called"),
    ("person", "called"), ("man", "called"), ("guy", "called"), ("lady", "called"),
    ("woman", "called"), ("gentleman", "called"), ("colleague", "called"), ("anyone", "called"),
    ("nobody", "called"), ("one", "called"), ("is", "called"), ("was", "called"),
    ("dealing", "with"), ("dealt", "with"), ("get", "hold", "of"), ("care", "of"),
    ("through", "to"), ("by", "the", "name", "of"), ("on", "to"),
    ("call", "him"), ("call", "her"), ("me", "and"), ("calls", "me"), ("i", "am", "not"),
    ("for", "waiting"), ("for", "holding"), ("for", "calling"), ("your", "patience"),
    ("for", "confirming"), ("for", "that"), ("just", "say"), ("say", "it", "was"),
    ("left", "it", "with"), ("leave", "it", "with"), ("was", "either"),
    ("pop",), ("grab",), ("fetch",), ("signed", "for", "by"), ("wrote", "to"), ("write", "to"),
    ("report", "to"), ("inform",), ("not", "to", "me", "to"), ("made", "by"), ("done", "by"),
    ("word", "with"), ("chat", "with"), ("chatting", "to"), ("chatted", "to"), ("assigned", "to"),
    ("listed",), ("married", "to"), ("live", "with"), ("living", "with"), ("from", "a"),
    ("authorised", "by"), ("authorized", "by"), ("related", "to"), ("bloke", "called"),
    ("fella", "called"), ("girl", "called"), ("lad", "called"), ("chap", "called"),
    ("bloke", "named"), ("guy", "named"), ("rep", "called"), ("agent", "called"),
    ("named",), ("i", "mean"), ("i", "meant"), ("regards",), ("sincerely",), ("signed",),
    ("just", "says"),
    ("they", "call", "me"), ("friends", "say"), ("everyone", "says"), ("everybody", "says"),
    ("is", "said"), ("people", "say"), ("people", "call", "me"), ("people", "call", "her"),
    ("people", "call", "him"), ("everyone", "calls", "me"), ("everyone", "calls", "him"),
    ("everyone", "calls", "her"), ("everybody", "calls", "me"), ("everybody", "calls", "him"),
    ("everybody", "calls", "her"), ("they", "call", "him"), ("they", "call", "her"),
    ("on", "the", "tenancy"), ("on", "the", "account"), ("on", "the", "lease"),
    ("on", "the", "agreement"), ("on", "the", "contract"), ("on", "the", "policy"),
    ("joint", "with"), ("jointly", "with"), ("cosigned", "by"), ("co", "signed", "by"),
    ("say", "hello", "to"), ("known", "to", "everyone", "as"), ("responsible", "is"),
    ("down", "as"), ("put", "it", "under"), ("file", "under"), ("filed", "under"),
    ("show", "you", "as"), ("have", "you", "as"), ("got", "you", "as"), ("wrong", "person"),
)  # fmt: skip
"""Behind these a name is what is on a list of names, or on no list of words."""
RELATIONS: Final = frozenset((
    "husband", "wife", "partner", "spouse", "fiance", "fiancee", "boyfriend", "girlfriend", "son",
    "daughter", "brother", "sister", "mother", "father", "mum", "mom", "dad", "mam", "nana",
    "nanna", "nanny", "granny", "gran", "grandma", "grandpa", "granddad", "gramps", "papa",
    "hubby", "missus", "mate", "pal", "bestie", "twin", "godmother", "godfather", "stepdad",
    "stepmum", "stepmom", "grandad", "kid", "bloke", "fella", "lad", "teacher", "coach", "nurse",
    "caretaker", "foreman", "bookkeeper", "secretary", "assistant", "trustee", "co-signer",
    "uncle", "aunt", "auntie", "cousin", "nephew", "niece", "grandson", "granddaughter",
    "grandmother", "grandfather", "nan", "stepson", "stepdaughter", "stepfather", "stepmother",
    "carer", "flatmate", "roommate", "housemate", "landlord", "landlady", "neighbour", "neighbor",
    "colleague", "supervisor", "solicitor", "lawyer", "attorney", "accountant", "guarantor",
    "tenant", "agent", "advisor", "adviser", "caller", "customer", "borrower", "debtor",
    "cardholder", "executor", "applicant", "patient", "boss", "manager", "nominee",
))  # fmt: skip
"""Who somebody is to somebody: a name may follow: `my son callum`."""
LEADS: Final[Mapping[str, tuple[tuple[tuple[str, ...], bool], ...]]] = {
    first: tuple(
        (lead, leads is _SAID) for leads in (_SAID, _MEANT) for lead in leads if lead[0] == first
    )
    for first in {lead[0] for lead in (*_SAID, *_MEANT)}
} | {word: (((word,), False),) for word in RELATIONS}
"""By first word: the words before a name, and whether anything behind them is one."""
NEXT: Final = frozenset((
    "have", "take", "bye", "goodbye", "speak", "talk", "good", "let", "thanks", "thank", "how",
    "may", "just", "nice", "hope", "hear", "catch", "enjoy", "appreciate", "cheers",
))  # fmt: skip
"""With these a new clause begins behind a name: `thanks imelda have a good day`."""
HAILS: Final = frozenset((
    "hi", "hello", "hey", "hii", "dear", "hiya", "morning", "afternoon", "evening",
))  # fmt: skip
"""What a name follows at once, if one follows."""
GREETED: Final = frozenset((
    "hi", "hello", "hey", "hii", "dear", "hiya", "thanks", "thank", "bye", "goodbye", "sorry",
    "morning", "afternoon", "evening", "welcome", "you", "okay", "ok", "sure", "yes", "no",
    "please", "oi", "yo", "ay", "ey", "eh", "och", "righto", "yeah",
))  # fmt: skip
"""Behind these a name may follow: `thanks spencer`."""
TITLES: Final = frozenset((
    "auntie", "aunty", "uncle", "pastor", "officer", "ate", "atty", "engr", "barrister", "mama",
    "missis", "aling", "mang", "kuya", "tita", "tito", "alhaji", "alhaja", "mallam", "shri", "smt",
    "reverend", "rev", "imam", "dame", "mme", "monsieur", "madame", "senor", "senora", "señor",
    "señora", "herr", "frau", "nana", "nanna", "granny", "councillor", "captain", "colonel",
 "sheikh", "sergeant", "sgt", "inspector", "constable", "chief",
    "oom", "tannie", "ouma", "oupa", "ntate", "malume", "bhuti", "sisi", "bra",
    "mr", "mrs", "ms", "miss", "mister", "missus", "dr", "doctor", "prof", "professor", "mx",
))  # fmt: skip
POLITE_TITLES: Final = frozenset(("mr", "mrs", "ms", "mister", "missus"))
"""Behind these any word is a name."""
OF_ONES: Final = frozenset((
    "name", "phone", "mobile", "number", "account", "card", "house", "place", "wife", "husband",
    "mum", "mom", "mother", "father", "dad", "son", "daughter", "brother", "sister", "partner",
))  # fmt: skip
"""What is somebody's: `in lwazi's name`."""
FILLERS: Final = TITLES | {"uh", "um", "er", "erm", "actually", "called", "like"}
"""What may stand between `my name is` and the name."""
NOT_NAMES: Final = frozenset((
    "not", "the", "a", "an", "on", "in", "at", "is", "it", "my", "and", "or", "but", "so", "to",
    "for", "of", "from", "with", "by", "as", "that", "this", "what", "who", "i", "you", "he",
    "she", "we", "they", "his", "her", "your", "our", "please", "spelled", "spelt", "ssn",
    "number", "no", "card", "account", "phone", "email", "mobile", "address", "are", "same",
    "wrong", "correct", "required", "there", "here", "speaking", "calling", "yes", "okay", "ok",
    "sure", "sir", "madam", "just", "also", "be", "can", "could", "would", "policy", "claim",
    "new", "old", "change", "changed", "registered", "was", "has", "last", "first", "name",
    "full", "middle", "me", "am", "do", "does", "did", "if", "when", "where", "up", "down", "mam",
    "maam", "ma'am", "baji", "garu", "bhai", "saab", "sahib", "through", "about", "over",
    "herself", "himself", "date", "birth", "only", "now", "confirmation", "password", "pwd",
    "booking", "num", "cell", "nice", "zip", "pincode", "postcode", "without", "right", "unless",
    "handbook", "period", "well",
))  # fmt: skip
FIRMS: Final = frozenset((
    "bank", "banking", "finance", "financial", "financing", "lending", "loans", "group", "ltd",
    "limited", "plc", "inc", "llc", "corp", "corporation", "company", "insurance", "assurance",
    "motors", "energy", "stores", "store", "solicitors", "associates", "capital", "partners",
    "services", "holdings", "cars", "homes", "homeware", "recoveries", "collections", "telecom",
    "broadband", "airlines", "airways", "hotel", "hotels", "supermarket", "university", "college",
    "hospital", "school", "council", "trust", "foundation", "union", "systems", "technologies",
    "solutions", "media", "electric", "gas", "water", "utilities", "mortgages", "savings",
    "leasing", "rentals", "microfinance", "appliances", "furnishings", "electronics", "trading",
    "motor", "rents", "debt", "legal", "law", "chambers", "receivables", "carpets", "adjusters",
    "adjustment", "recovery", "funding", "revenue", "medical", "billing", "clinic", "dental",
    "furniture", "christ", "catalogue",
))  # fmt: skip
"""Behind a name these make it a firm's: `harrow finance`."""
PAIRS: Final = frozenset(
    (
        *(("marks", "spencer"), ("johnson", "johnson"), ("ben", "jerry"), ("ben", "jerrys")),
        *(("procter", "gamble"), ("smith", "nephew"), ("bradford", "bingley")),
        *(("dolce", "gabbana"), ("crate", "barrel"), ("smith", "wesson"), ("black", "decker")),
    )
)
"""Firms that are called by two names."""
OF_THINGS: Final = frozenset((
    "model", "brand", "product", "company", "firm", "business", "organization", "organisation",
    "employer", "file", "user", "car", "city", "town", "domain", "street", "shop", "store",
    "bank", "school",
))  # fmt: skip
"""`model name is` gives no person's name."""
PARTICLES: Final = frozenset((
    "de", "da", "del", "van", "von", "bin", "al", "la", "el", "mc", "o", "di", "dos", "das",
    "bint", "ter", "der", "den", "le",
))  # fmt: skip
"""Small words inside of names."""
SPEAKING: Final = (("speaking",), ("here",), ("on", "the", "line"), ("calling",))
PRESENT: Final = frozenset(("there", "in", "around", "home", "available", "about", "up"))
"""`is rose there` asks for somebody."""
TO_SOMEBODY: Final = frozenset((
    "ask", "asked", "tell", "told", "called", "phoned", "rang", "met", "saw", "texted", "emailed",
    "dear", "let", "gave", "paid", "owes", "owe", "thank", "thanked", "remind", "inform",
    "married", "divorced", "also", "with",
))  # fmt: skip
"""Behind these somebody is named."""
DOES: Final = frozenset((
    "said", "says", "told", "asked", "called", "phoned", "rang", "promised", "signed", "lives",
    "moved", "died", "passed", "works", "worked", "handles", "handled", "pays", "sorted",
    "agreed", "who", "knows", "wanted", "wants", "and",
))  # fmt: skip
"""What a person does."""
OF_OURS: Final = frozenset(("to", "is", "will", "can", "was", "said", "did", "has"))
"""What goes on behind `our Kev`, and hardly behind a thing."""
HONOURS: Final = (("sir",), ("ji",), ("bhai",), ("garu",), ("madam",), ("ma'am",), ("saab",))
"""What stands behind a name in Indian English: `venkatesh sir`."""
