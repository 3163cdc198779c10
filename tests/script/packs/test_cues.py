"""What the cues of the pack `overdue` take for said, and what only sounds like it."""

import pytest

from callcoach.call.events import CueHeard
from callcoach.call.playback import Playback
from callcoach.call.replay import Row, beats
from callcoach.script.model import PackId, Speaker
from callcoach.script.wording import Language
from tests.script.packs.test_followed import started

VOICES = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER}


def met(language: Language, *lines: str) -> set[str]:
    """Return the cues that the last line of a call meets; a line begins with who says it."""
    session, _ = started(PackId("overdue"), language, "replay")
    rows = [Row(VOICES[it[0]], it[2:], 4.0 * at, 4.0 * at + 3) for at, it in enumerate(lines)]
    events = tuple(Playback(session.feed, beats(session, rows)))
    newest = session.transcript[-1].seq
    return {it.cue for it in events if isinstance(it, CueHeard) and it.span.heard == newest}


TERMS, WRITING = "overdue.repeat_terms", "overdue.confirm_in_writing"
DISPUTE, PAID = "compliance.dispute", "compliance.says_paid"
PRESSURE, INSULT = "overdue.pressure", "courtesy.insult"
LEAK, TOO_EARLY = "overdue.leak", "overdue.disclosure"
HARDSHIP, NO_CALLS = "overdue.hardship_told", "compliance.stop_contact"
PRIVATE, RESUME, WHY = "overdue.private_account", "overdue.ask_resume", "overdue.state_purpose"


@pytest.mark.parametrize(
    ("language", "lines", "is_met", "is_not"),
    [
        ("en", ("A Let me confirm: 200 dollars on Friday. Is that right?",), {TERMS}, set()),
        ("en", ("C I will pay it today.", "A One moment while I process that."), set(), {TERMS}),
        ("en", ("A I will text you a payment link.",), set(), {WRITING}),
        ("en", ("A I will text you the plan to confirm, and a link.",), {WRITING}, set()),
        ("en", ("C Stop calling me.", "A We confirm that by letter."), set(), {WRITING}),
        ("zh", ("A 我把付款链接发给您。",), set(), {WRITING}),
        ("zh", ("A 我把约定的金额和日期用短信发给您确认。",), {WRITING}, set()),
        ("zh", ("C 别再打了。", "A 信函通知。"), set(), {WRITING}),
        ("zh", ("A 您这笔逾期了。", "C 上周已经还了"), {PAID}, {DISPUTE}),
        ("zh", ("C 等我还完了别的再说",), set(), {PAID, DISPUTE}),
        ("zh", ("C 我要有钱早还了",), set(), {PAID, DISPUTE}),
        ("zh", ("C 金额不对，我没欠这么多",), {DISPUTE}, {PAID}),
        ("en", ("C I already paid that last week.",), {PAID}, {DISPUTE}),
        ("en", ("C That is not my debt, and I already paid it.",), {PAID, DISPUTE}, set()),
        ("zh", ("C 我没钱",), {HARDSHIP}, set()),
        ("zh", ("C 我没钱，别再打了",), {HARDSHIP, NO_CALLS}, set()),
        ("zh", ("C 我有的是钱",), set(), {HARDSHIP}),
        ("en", ("C Stop calling, I have no money.",), {HARDSHIP, NO_CALLS}, set()),
        ("zh", ("C 我是她妈", "A 你替她还也行"), {PRESSURE}, {INSULT}),
        ("zh", ("A 你是她妈，你帮她还了吧",), {PRESSURE}, {INSULT}),
        ("zh", ("A 您先替他垫上吧",), {PRESSURE}, {INSULT}),
        ("zh", ("A 你去跟亲戚借点",), {PRESSURE}, {INSULT}),
        ("en", ("A Then borrow it from your family.",), {PRESSURE}, {INSULT}),
        ("zh", ("A 你还要不要脸",), {INSULT}, {PRESSURE}),
        ("zh", ("A 他妈的",), {INSULT}, {PRESSURE}),
        ("en", ("A What a deadbeat.",), {INSULT}, {PRESSURE}),
        ("zh", ("C 她不在，我是她妈妈", "A 她有一笔分期逾期了"), {LEAK}, {TOO_EARLY}),
        ("en", ("C He is out, I am his mother.", "A His loan is overdue."), {LEAK}, {TOO_EARLY}),
        ("en", ("C Hello?", "A Your loan is overdue."), {TOO_EARLY}, {LEAK}),
        ("zh", ("C 她不在，我是她妈妈", "A 她有一笔分期逾期了"), {LEAK}, {WHY}),
        ("zh", ("A 您有一笔分期逾期了",), {WHY}, {LEAK}),
        ("zh", ("A 您直接转到我个人账户上就行",), {PRIVATE}, set()),
        ("zh", ("A 你微信转给我，我帮你平账",), {PRIVATE}, set()),
        ("zh", ("A 请走官方渠道，不要转到任何人的个人账户",), set(), {PRIVATE}),
        ("zh", ("A 有问题您直接打给我",), set(), {PRIVATE}),
        ("en", ("A Just send it to my personal account.",), {PRIVATE}, set()),
        ("en", ("A Please never send money to a private account.",), set(), {PRIVATE}),
        ("zh", ("A 您什么时候方便处理一下",), {RESUME}, set()),
        ("zh", ("A 李女士什么时候方便接电话",), set(), {RESUME}),
    ],
)
def test_a_cue_is_met_by_what_it_means(
    language: Language, lines: tuple[str, ...], is_met: set[str], is_not: set[str]
) -> None:
    found = met(language, *lines)
    assert is_met <= found
    assert not is_not & found
