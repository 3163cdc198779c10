"""The tables of names, places and brands that the rules for names and addresses share."""

from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from callcoach.words.ordinary import is_ordinary, is_slip, ordinary_words, stems
from callcoach.words.table_file import table_lines

BRANDS: Final = frozenset(
    (
        *("acura", "alfa", "audi", "bentley", "bmw", "bugatti", "buick", "cadillac", "chevrolet"),
        *("chevy", "chrysler", "citroen", "corolla", "civic", "datsun", "dodge", "ferrari", "fiat"),
        *("ford", "honda", "hyundai", "infiniti", "jaguar", "jeep", "kia", "lamborghini", "lexus"),
        *("mahindra", "maruti", "maserati", "mazda", "mercedes", "benz", "mitsubishi", "nissan"),
        *("opel", "peugeot", "pontiac", "porsche", "prius", "renault", "rolls", "rover", "skoda"),
        *("subaru", "suv", "suzuki", "sedan", "hatchback", "tata", "tesla", "toyota", "vauxhall"),
        *("volkswagen", "volvo", "vw", "yamaha", "accord", "camry", "mustang", "camaro", "jetta"),
        *("fiesta", "swift", "innova", "fortuner", "corvette", "tahoe", "yaris", "polo", "punto"),
        *("adobe", "amazon", "android", "apple", "azure", "dell", "ebay", "excel", "facebook"),
        *("firefox", "gmail", "google", "hotmail", "hp", "ibm", "instagram", "intel", "ipad"),
        *("iphone", "itunes", "lenovo", "linkedin", "linux", "mac", "macbook", "microsoft"),
        *("netflix", "nokia", "norton", "oracle", "outlook", "paypal", "photoshop", "samsung"),
        *("skype", "sony", "spotify", "twitter", "uber", "ubuntu", "venmo", "vpn", "windows"),
        *("xbox", "xerox", "yahoo", "youtube", "zelle", "zoom", "alipay", "wechat", "taobao"),
        *("amex", "citibank", "discover", "hsbc", "mastercard", "maestro", "visa", "barclays"),
        *("airbnb", "delta", "emirates", "fedex", "ikea", "jetblue", "lufthansa", "ryanair", "ups"),
        *("usps", "dhl", "walmart", "costco", "mcdonalds", "starbucks", "pepsi", "coca", "cola"),
        *("kfc", "burger", "pizza", "sprite", "fanta", "verizon", "comcast", "att", "tmobile"),
        *("sprint", "vodafone", "airtel", "dsl", "wifi", "router", "modem", "ios", "usb", "hdmi"),
        *(
            "siri",
            "alexa",
            "cortana",
            "klarna",
            "clearpay",
            "afterpay",
            "affirm",
            "monzo",
            "revolut",
            "starling",
            "santander",
        ),
        *("lloyds", "natwest", "nationwide", "halifax", "tsb", "barclaycard", "experian"),
        *("equifax", "transunion", "stepchange", "payplan", "tesco", "asda", "sainsburys"),
        *("sainsbury's", "aldi", "lidl", "morrisons", "waitrose", "currys", "argos", "primark"),
        *("ebay", "etsy", "deliveroo", "doordash", "grubhub", "lyft", "bolt", "ola", "flipkart"),
        *("paytm", "phonepe", "jio", "hdfc", "icici", "sbi", "axis", "kotak", "bajaj", "idfc"),
        *("wonga", "provident", "lowell", "cabot", "octopus", "sky", "virgin", "bosch", "lg"),
        *("wells", "fargo", "chase", "capitec", "absa", "nedbank", "gtbank", "zenith", "mpesa"),
        *("telstra", "optus", "centrelink", "woolworths", "coles", "bunnings", "safaricom"),
        *("hmrc", "aadhaar", "aadhar", "pan", "upi", "neft", "emi", "ppi", "cifas", "iva"),
        *("macy", "macys", "kohls", "bestbuy", "wayfair", "evri", "tiktok", "caesar", "esim"),
        *("infosys", "wipro", "accenture", "salesforce", "cappuccino", "infra", "jio", "zomato"),
        *("corona", "versa", "altima", "sentra", "elantra", "sonata"),
        *("pdf", "sql", "java", "python", "html", "api", "url", "pci", "gps", "led", "lcd", "hd"),
    )
)
"""Makes and products that no spelling list has: no one's name, if they stand alone."""
_PEOPLES: Final = frozenset((
    "finnish", "swedish", "norwegian", "danish", "icelandic", "greek", "portuguese", "hungarian",
    "czech", "slovak", "slovenian", "croatian", "serbian", "bosnian", "albanian", "bulgarian",
    "lithuanian", "latvian", "estonian", "somali", "ethiopian", "eritrean", "ugandan",
    "tanzanian", "zimbabwean", "zambian", "malawian", "rwandan", "congolese", "cameroonian",
    "senegalese", "gambian", "ivorian", "moroccan", "algerian", "tunisian", "egyptian",
    "sudanese", "lebanese", "syrian", "iraqi", "iranian", "persian", "afghan", "kurdish",
    "israeli", "saudi", "emirati", "yemeni", "armenian", "azeri", "kazakh", "uzbek", "mongolian",
    "korean", "japanese", "taiwanese", "thai", "burmese", "cambodian", "malaysian", "singaporean",
    "indonesian", "samoan", "tongan", "fijian", "maori", "hawaiian", "cuban", "haitian",
    "dominican", "colombian", "venezuelan", "ecuadorian", "peruvian", "bolivian", "chilean",
    "argentinian", "guatemalan", "honduran", "salvadoran", "nicaraguan", "panamanian",
    "trinidadian", "guyanese", "bajan", "swiss", "austrian", "belgian", "flemish", "maltese",
    "cypriot", "gaelic", "cornish", "yoruba", "igbo", "hausa", "zulu", "xhosa", "sotho", "tswana",
    "shona", "ndebele", "afrikaans", "swahili", "urdu", "gujarati", "bengali", "marathi",
    "telugu", "malayalam", "kannada", "sinhalese", "pashto", "farsi", "mandarin", "cantonese",
    "tagalog", "cebuano", "ilocano", "buddhist", "protestant", "anglican", "methodist", "mormon",
    "baptist", "sunni", "shia", "hebrew", "yiddish", "inuit", "cree", "navajo",
))  # fmt: skip
"""Whose somebody or something is, and what people speak: no one's name."""
CALENDAR: Final = _PEOPLES | frozenset(
    (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december", "jan", "feb", "apr", "jun", "jul"),
        *("aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thurs"),
        *("fri", "sat", "sun", "christmas", "easter", "english", "chinese", "spanish", "american"),
        *("nigerian", "ghanaian", "kenyan", "african", "pakistani", "bangladeshi", "nepali"),
        *("polish", "romanian", "irish", "scottish", "welsh", "vietnamese", "filipino", "turkish"),
        *("arab", "arabic", "italian", "dutch", "russian", "ukrainian", "brazilian", "jamaican"),
        *("asian", "hindu", "muslim", "sikh", "jewish", "catholic", "hindi", "punjabi", "tamil"),
        *(
            "ramadan",
            "eid",
            "diwali",
            "holi",
            "lent",
            "xmas",
            "hanukkah",
            "thanksgiving",
            "juneteenth",
        ),
        *("indian", "british", "french", "german", "canadian", "mexican", "european", "christian"),
    )
)


_GREETINGS: Final = frozenset((
    "diolch", "merci", "gracias", "danke", "grazie", "salaam", "shalom", "namaste", "obrigado",
    "asante", "dankie", "hola", "ciao", "oui", "bonjour", "slainte", "kiaora", "mahalo", "aloha",
    "salamat", "spasibo", "ngiyabonga", "enkosi", "medaase", "inshallah", "mashallah", "wallahi",
    "alhamdulillah", "habibi", "yebo", "eish", "haibo", "lekker", "howzit", "sawubona", "dumela",
    "jambo", "habari", "karibu", "craic", "nae", "wee", "cannae", "dinnae", "wouldnae",
    "couldnae", "didnae", "och", "ach", "aye", "ja", "nein", "si", "voila", "bien", "sur",
    "shukran", "sukran", "yalla", "wagwan", "bakkie", "ute", "rego", "arvo", "servo", "smoko",
    "ay", "mos", "hayi", "shame", "kak", "voetsek", "sharp", "sharpsharp", "ehe", "eeh", "sawa",
    "poa", "kabisa", "pole", "haki", "bwana", "webale", "ssebo", "nyabo", "kwani", "wena", "mara",
    "bru", "boet", "oke", "okes", "nah", "yah", "hayaah", "chale", "wahala", "abi", "sha", "sef",
    "abeg", "naija", "oyinbo", "jare", "walahi", "chai", "chineke", "ewo", "ehen", "hian",
))  # fmt: skip
"""What people who speak English say in other languages, and words of other countries."""
SLANG: Final = _GREETINGS | frozenset(
    (
        *("skint", "knackered", "gutted", "chuffed", "bloke", "quid", "mot", "lifesaver", "innit"),
        *(
            "hai",
            "ping",
            "namaste",
            "salaam",
            "assalamu",
            "alaikum",
            "jaan",
            "beta",
            "ji",
            "bhai",
            "didi",
        ),
        *(
            "mayo",
            "telly",
            "emis",
            "dob",
            "eob",
            "asap",
            "cheerio",
            "blimey",
            "apologise",
            "upfront",
        ),
        *("ringing", "ne", "lah", "haan", "acha", "abeg", "oga", "wahala", "sabi", "arvo", "yous"),
    )
)
"""What people say that no spelling list of that size has."""


@lru_cache(maxsize=5)
def _table(name: str) -> frozenset[str]:
    return frozenset(word for line in table_lines(f"redact/{name}") for word in line.split())


@lru_cache(maxsize=8192)
def is_common(word: str) -> bool:
    """Tell whether an English word is a common one, or is derived from one that is derived itself.

    The table leaves out what can be derived: `offered` comes from `offer`, which comes from `off`.
    James is no plural.
    """
    if word in SLANG or word in ordinary_words():
        return True
    if word.endswith("s") and is_given(word):
        return False
    return is_ordinary(word) or any(map(is_ordinary, stems(word)))


def _plain(word: str) -> str:
    """Return a word without its accents, and O'Malley without its mark: jesús as jesus."""
    if word.isascii():
        return word.replace("'", "") if word.startswith(("o'", "d'")) else word
    return "".join(char for char in normalize("NFKD", word) if not combining(char))


@lru_cache(maxsize=8192)
def is_given(word: str) -> bool:
    """Tell whether a lower-case word is a common given name."""
    plain = _plain(word)
    return plain in _table("given.txt") or plain in _table("more_given.txt")


@lru_cache(maxsize=8192)
def is_family(word: str) -> bool:
    """Tell whether a lower-case word is a common family name."""
    plain = _plain(word)
    return plain in _table("family.txt") or plain in _table("more_family.txt")


@lru_cache(maxsize=8192)
def is_place(word: str) -> bool:
    """Tell whether a lower-case word is a well-known place."""
    return word in _table("places.txt")


def is_listed(word: str) -> bool:
    """Tell whether a lower-case word is a common name of either sort."""
    return is_given(word) or is_family(word)


_SURELY: Final = frozenset((
    "amir", "bob", "brad", "carter", "chester", "elmer", "harry", "homer", "jared", "ken", "lance",
    "lee", "lester", "maria", "mara", "martin", "mason", "mike", "oliver", "peter",
    "rosemary", "sally", "victor", "wade", "carol", "fletcher", "sawyer", "harper",
))  # fmt: skip
"""Names that are words too, but hardly ever in a call."""
_TERMS: Final = frozenset(("reg", "gen", "tel", "rep", "ref", "val", "lat", "gal", "mar", "jun"))
"""Names that are short for something in most calls: a registration, a reference."""


@lru_cache(maxsize=8192)
def is_certain(word: str) -> bool:
    """Tell whether a word can hardly be anything but a given name: `spencer`, not `grace`."""
    return (
        is_given(word)
        and len(word) > 2
        and word not in _TERMS
        and not (
            (is_common(word) and word not in _SURELY)
            or is_place(word)
            or word in CALENDAR
            or word in BRANDS
        )
    )


@lru_cache(maxsize=8192)
def is_strange(word: str) -> bool:
    """Tell whether a word is in no list: perhaps a name, a misspelling or a code."""
    return (
        len(word) > 1
        and word.isalpha()
        and (word.isascii() or "à" <= word[0] <= "ỿ" or word[0].isascii())
        and not (
            is_common(_plain(word))
            or is_listed(word)
            or is_place(word)
            or is_slip(word)
            or word in BRANDS
            or word in CALENDAR
        )
    )


_BEFORE_PLACE: Final = frozenset(
    (
        *("new", "north", "south", "west", "east", "san", "santa", "los", "las", "saint", "st"),
        *("fort", "port", "el", "mount", "lake", "palm", "long", "grand", "salt", "baton", "rhode"),
        *(
            "upper",
            "lower",
            "greater",
            "little",
            "great",
            "old",
            "beverly",
            "cape",
            "hong",
            "tamil",
        ),
    )
)
_SURELY_PLACE: Final = frozenset(("san", "santa", "fort", "port", "mount", "los", "las", "el"))
_AFTER_PLACE: Final = frozenset(
    ("city", "town", "island", "beach", "hills", "springs", "falls", "valley", "heights", "nadu")
)


@lru_cache(maxsize=8192)
def _may_place(word: str) -> bool:
    return word in _BEFORE_PLACE or is_place(word)


def place_parts(words: tuple[str, ...]) -> frozenset[int]:
    """Return the tokens that belong to a place: `new york city`, `beverly hills`."""
    found: set[int] = set()
    if not any(map(_may_place, words)):
        return frozenset()
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        is_led = at > 0 and words[at - 1] in _BEFORE_PLACE
        if word == "ms" and after.isalpha():
            continue
        if is_place(word) and (is_led or not is_listed(word)):
            found.add(at)
            if is_led:
                found.add(at - 1)
            if after in _AFTER_PLACE:
                found.add(at + 1)
        elif word in _BEFORE_PLACE and (
            is_strange(after)
            or (word in _SURELY_PLACE and is_given(after) and not is_common(after))
            or (after in _AFTER_PLACE and not is_common(word))
        ):
            found.update((at, at + 1))
    return frozenset(found)
