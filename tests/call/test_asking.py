"""Questions are told with their marks, and without them as recognisers write them down."""

import pytest

from callcoach.call.asking import asks


@pytest.mark.parametrize(
    "text",
    [
        "Is that right?",
        "好的，明天几点？",
        "this is anna from fairway finance am i speaking with ms wang",
        "thank you for telling me when can you pay",
        "i see what is this about",
        "who's calling",
        "before we go on could you confirm your date of birth",
        "is there anything else i can help you with",
        "how much is it",
        "您方便吗",
        "您现在方便说几分钟吗我想跟您核对一下",
        "那您什么时候能还",
        "请问还有什么可以帮您的",
        "您看行不行",
        "您有没有收到短信",
        "您是王女士吧",
        "那您呢",
        "可以么",
    ],
)
def test_what_is_asked(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "I can pay.",
        "Have a good day, goodbye.",
        "have a nice day goodbye",
        "please have your card ready",
        "when you get paid call us",
        "yes this is she",
        "that's right",
        "will do thank you",
        "i will be there",
        "好的。",
        "好吧",
        "您先忙吧",
        "那就这样吧。",
        "没什么",
        "我在开会呢",
        "我也不知道什么时候能还",
        "有什么问题随时联系我们",
    ],
)
def test_what_is_not(text: str) -> None:
    assert not asks(text)
