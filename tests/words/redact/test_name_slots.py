"""Names in English that are words too: told by where a person stands, and by nothing else."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_DATA = """
my sister {name:destiny} used my card
hello {name:ruby} it's the finance company
{name:grace} could you hold on
is {name:iris} home
ok {name:rob} so what do you need from me
thanks {name:rich} bye
{name:penny} and {name:art} both signed for it
that was my ex {name:chase}
{name:dawn} is on holiday
{name:faith} said it was sorted
did {name:grace} pay
can {name:bill} call you back
{name:dean} doesn't owe you anything
{name:frank} never signed that
{name:lee} from sales sold it me
{name:hope} is my daughter
i spoke to {name:summer} about it
big {name:dave} has the van
the {name:hendersons} moved out
{name:baker} that's {name:b a k e r}
the co signer is {name:tyrese hubbard}
the agreement says {name:m k patel}
i'll get {name:joy} for you
Is this the {name:Abernathy} residence?
Call me {name:Memo}.
{name:Crispin} won't be back until Monday
and then {name:chinwe} took over the shop
ask {name:padma} or {name:vasanth} at the counter
""".strip().splitlines()
_OTHERS = """
i may be able to pay in april
i hope you're well
will it stop if i pay it
the grace period is over
the mark on the car was there before
can you bill me in june
the summer was hard
it was dawn when they towed it
a rich man would pay
give me a break i'm a single mum
she lives in florence
the victoria line was down
did bill payments go out
can mark up the price
yes may i ask why
no mark on it
the license expires next June
call me later
oh jesus christ not again
i'm a nurse at saint mary's
the telly broke
Yes, June 2027.
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_a_word_is_a_name_where_a_person_stands(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_a_name_is_a_word_where_none_does(text: str) -> None:
    assert [one for one in told(text, find(text)) if one[0] == "name"] == []
