"""Makes `more_given.txt` and `more_family.txt`, names of many peoples, from the lists of Faker.

A tool of the checkout (`python -m callcoach.words.redact.names_build FOLDER`, where FOLDER holds
an installed `faker`); nothing of it runs in a call. Taken are the names in plain letters that are
no common English words and no places, accents left out.
"""

import importlib
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from callcoach.words.redact.tables import BRANDS, CALENDAR, is_common, is_family, is_given, is_place

LOCALES = (
    *("en_US", "en_GB", "en_IN", "en_NZ", "en_IE", "en_KE", "en_NG", "en_PK", "yo_NG", "es_MX"),
    *("vi_VN", "pl_PL", "fr_FR", "pt_BR", "sw", "zu_ZA"),
)
MORE_GIVEN = (
    *("en", "ga_IE", "ig_NG", "ha_NG", "tw_GH", "en_TH", "es_ES", "es_CO", "pt_PT", "it_IT"),
    *("fr_BE", "de_DE", "nl_NL", "sv_SE", "no_NO", "da_DK", "fi_FI", "cs_CZ", "sk_SK", "hr_HR"),
    *("hu_HU", "ro_RO", "lt_LT", "tr_TR", "uz_UZ", "id_ID"),
)
"""Of these given names only: a family name that is on no list is told by what leads to it."""
TABLES = (
    ("more_given.txt", "first_name", LOCALES + MORE_GIVEN, is_given),
    ("more_family.txt", "last_name", LOCALES, is_family),
)
HEADING = """\
# Names of many peoples that the tables by hand have not; made by names_build.py from the lists of
# Faker, which is Copyright (c) 2012 Daniele Faraglia and under the MIT licence (see NOTICE).
"""
_LEAST = 4
"""Letters of the shortest name that is taken: a shorter one is a slip or a greeting too often."""


def main(arguments: list[str]) -> int:
    """Write the tables."""
    sys.path.insert(0, arguments[0])
    for table, *_ in TABLES:
        Path(__file__).with_name(table).write_text(HEADING, "utf-8")
    for table, field, locales, is_known in TABLES:
        names = {name for locale in locales for name in _names(locale, field)}
        kept = sorted(name for name in names if not is_known(name) and _is_free(name))
        rows = textwrap.wrap(" ".join(kept), 100, break_on_hyphens=False)
        Path(__file__).with_name(table).write_text(HEADING + "\n".join(rows) + "\n", "utf-8")
    return 0


def _names(locale: str, field: str) -> Iterator[str]:
    """Yield the names of a locale in lower-case letters without accents."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for name in dir(provider):
        table = getattr(provider, name)
        if not name.startswith(field) or callable(table):
            continue
        for word in (part for whole in table for part in whole.replace("'", "").split("-")):
            plain = unicodedata.normalize("NFKD", word.lower())
            yield "".join(char for char in plain if not unicodedata.combining(char))


def _is_free(name: str) -> bool:
    """Tell whether a word is hardly anything but a name."""
    is_plain = name.isascii() and name.isalpha() and len(name) >= _LEAST
    is_thing = is_common(name) or is_place(name) or name in BRANDS or name in CALENDAR
    return is_plain and not is_thing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
