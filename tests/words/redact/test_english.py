"""Personal data in English: what is hidden, and what looks like it and stays."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

PERSONAL = """
order {card:4111 1111 1111 1111}
invoice {card:4111111111111111} thanks
mail {email:john@exa​mple.com}
My name is {name:Rusty Shackleford}
my name is {name:rusty shackleford} and my account number is {account:84900641324}
this is {name:monika}
This is {name:Anna} from Riverbank Finance
Good morning, am I speaking with Mr. {name:Henderson}?
May I speak to {name:Patricia Gomez}, please?
Mrs {name:O'Brien} is not in
I am {name:David Hawk}, who is calling?
{name:Theresa}
yes it's {name:harini}
{name:carlos} speaking
Thanks, {name:Spencer}
it is Dr. {name:Okafor}
Mr. {name:Łukasz Nowak}
Hi, I'm {name:Mercedes} and I'm calling about my loan
hello {name:Jamie}, how are you
I'm {name:Maria de la Cruz}
call me {name:Sandhya}
{name:Jane Doe}
my card number is {card:4111 1111 1111 1111}
{card:4111-1111-1111-1111}
it's {card:four one one one, one one one one, one one one one, one one one one}
the card ending in {card:4412}
Visa, last four digits {card:double four one two}
{card:5555555555554444}
my social is {ssn:123-45-6789}
{ssn:123-45-6789}
the last four of my social are {ssn:6789}
{ssn:3471} are my ssn
ssn {ssn:nine eight seven six}
my number is {phone:(415) 555-0134}
call me at {phone:415-555-0134}
my cell is {phone:five five five one two three four five six seven}
reach me on {phone:07700 900123}
{phone:+44 20 7946 0958}
my phone number is {phone:6152439443}
email me at {email:john.smith@example.com}
{email:rock 85 gamilcom}
it's {email:john dot smith at gmail dot com}
{email:john doe 42 gmail com}
my email id is {email:krishnan 76 gmailcom}
my email is {email:j-patel＠company．com}
it's {email:oliver plus shop at hotmail dot com}
it's {email:ohughes at company hyphen name dot com}
email {email:mary_jones at outlook dot com} please
it's {email:m dot kowal double seven at harrowmail dot energy} in lower case
that's {name:t for tango r romeo e echo v victor o r} on the form
the memorable word is {secret:purple rain}, two words
{name:Kwabena} here, ask for {name:Nomvula}
my other line is {phone:plus two three four eight oh three five five five oh one nine eight}
I live at {address:12 Oak Street, Springfield, IL 62704}
my address is {address:2150 burnside avenue heber city ut 84032}
{address:123 Maple Street, Springfield}
{address:1600 pine hollow road apt 183 a east norwich ny 11732}
ship it to {address:88 King's Road, London SW3 5XS}
my zip code is {address:99501}
{address:new york 10007}
I moved to {address:Portland}
policy number {account:LTX 528769143}
my claim number is {account:nhy 568}
account {account:23457854235}
your reference number is {account:AB 12345}
the booking is {account:XK 4471}
booking confirmation number is {account:8 pity 5}
{account:n 5 ga 97}
reference {account:QX7-44K}
my date of birth is {birth:March 3rd 1985}
I was born on {birth:the fourth of July nineteen eighty five}
DOB {birth:04/12/1990}
the password is {secret:bluebird7}
my user name is {username:jdoe99}
PIN {secret:4471}
the verification code is {secret:482913}
my mother's maiden name is {secret:Fitzgerald}
the CVV is {secret:123}
passport number {id:C01234567}
my driver's license number is {id:D1234567}
it came from {ip:192.168.10.4}
you can reach me on {phone:964, 794, 2669}
it's {number:07156，867，731}
use {card:4111, 1111, 1111, 1111} please
write this down {phone:187 7929 7875}
"""

TRAPS = """
order number 4111111111111112
two thousand nine hundred
I can pay $1,280.40 on Friday
you owe five hundred and twenty dollars
twelve hundred by the fifteenth
my order number is 20231105123456
ticket number 4471829
call our hotline at 1-800-555-0199
dial 911 in an emergency
three payments of 250, 250, 1000
4111, 1111, 1111, 1112 are the four balances
call 1 877 929 7875
we are open 24/7
This is ridiculous
I am busy, call me later
I'm sorry about that
this is about your overdue instalment
is this a good time
this is Chase
I am chasing a refund
will you hold the line please
Mark my words, I will pay in May
the grace period ends on March 3
my bill is due
I have a rich uncle
it was a joy to help
my name is not important
your name please
what is your account number
my card was declined
the password is not working
I forgot my password
reset my PIN please
I will pay on the 21st
at 5:30 pm tomorrow
in 2019 I lost my job
the year is 2016
I need a 10 gb plan
for 3 people at 10
rule 15 applies
I need a 2 cheese pizza
the 4 of us and 2 kids
thank you so much
good morning
yes sure
okay, that's all
one moment please
no one told me
can you hear me
I am calling about your loan of 5000
the interest is 0.05 percent
pay 300 now and 200 next month
Wednesday works
I speak English and Chinese
your payment of 450 was received
room 806 on floor 12
I live alone
please send it by email
that is not my address
"""


def _rows(block: str) -> list[str]:
    return [line for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("marked", _rows(PERSONAL))
def test_personal_data_are_found_with_their_spans(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _rows(TRAPS))
def test_what_is_not_personal_stays(text: str) -> None:
    assert told(text, find(text)) == []
