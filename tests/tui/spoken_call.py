"""Speaks a call from greeting to goodbye: `python -m tests.tui.spoken_call FILE en`.

The synthesiser may crash, so it runs in a process of its own; no model was trained on its voices.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

from models.tiny.channel import TELEPHONE_RATE, amplify, telephone
from models.tiny.mfcc import RATE
from models.tiny.speech import Manner, say
from models.tiny.wav import write_wav

AGENT, CUSTOMER = 0, 1
CALLS = {
    "en": (
        (AGENT, "hello my name is anna and i'm calling from fairway finance"),
        (AGENT, "am i speaking with ms wang"),
        (CUSTOMER, "yes this is she"),
        (AGENT, "before we go on this call is recorded for quality is that all right with you"),
        (CUSTOMER, "that's fine"),
        (AGENT, "is now a good time to talk for a few minutes"),
        (CUSTOMER, "sure go ahead"),
        (AGENT, "i'm calling to ask how you are getting on with our service"),
        (CUSTOMER, "i have no time for this"),
        (AGENT, "we will call the police"),
        (AGENT, "i'm sorry i apologise"),
        (AGENT, "is there anything else i can help you with"),
        (CUSTOMER, "no that's all"),
        (AGENT, "thank you for your time today"),
        (AGENT, "have a good day goodbye"),
    ),
    "zh": (
        (AGENT, "您好我是安心分期的林晓"),
        (AGENT, "请问您是王女士吗"),
        (CUSTOMER, "我就是"),
        (AGENT, "先跟您说一声为了保证服务质量我们的通话会录音您看可以吗"),
        (CUSTOMER, "可以"),
        (AGENT, "您现在方便说几分钟吗"),
        (CUSTOMER, "方便您说"),
        (AGENT, "给您打这个电话是想问问您最近用我们的服务顺不顺利"),
        (CUSTOMER, "我很生气"),
        (AGENT, "你就是骗子"),
        (AGENT, "对不起"),
        (AGENT, "请问还有什么可以帮您的吗"),
        (CUSTOMER, "没有了"),
        (AGENT, "谢谢您抽空接电话"),
        (AGENT, "祝您生活愉快再见"),
    ),
}
"""What is said, by language; in each call the agent says what must not be said, and apologises."""
_VOICES = {
    "en": (Manner("en-us+m5", 165), Manner("en+f3", 160)),
    "zh": (Manner("cmn-latn-pinyin+m5", 165), Manner("cmn-latn-pinyin+f3", 160)),
}
_PAUSE = 0.9
"""Seconds between what is said; the end of an utterance is heard in it."""
_LOUDNESS_DB = -6.0


def recorded(language: str, folder: Path) -> Path:
    """Return the recording of the call in a language: the agent left, the customer right."""
    path = folder / f"call-{language}.wav"
    if not path.exists():
        command = [sys.executable, "-m", "tests.tui.spoken_call", str(path), language]
        subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    return path


def _speak(path: Path, language: str) -> None:
    placed = []
    now = 0.5
    for channel, text in CALLS[language]:
        sound = say(text, _VOICES[language][channel]).samples
        placed.append((channel, int(now * RATE), sound))
        now += len(sound) / RATE + _PAUSE
    voices = [np.zeros(int((now + 0.5) * RATE)) for _ in (AGENT, CUSTOMER)]
    for channel, first, sound in placed:
        voices[channel][first : first + len(sound)] += sound
    write_wav(path, [amplify(telephone(it), _LOUDNESS_DB) for it in voices], TELEPHONE_RATE)


if __name__ == "__main__":
    _speak(Path(sys.argv[1]), sys.argv[2])
