"""Tells how alike two English words sound, from their spelling alone.

`sounds` writes a word as one letter per sound by rules of English spelling; it aims at what is
enough to compare words, not at a pronunciation. The rules and weights are our own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

LEAST = 0.55
"""Words that are less alike than this are not called near."""

_SAID = """
one=w@n two=tu the=0@ a=@ you=yu of=@v to=tu do=du does=d@z have=hav are=Ar was=w@z
what=w@t said=sed says=sez your=yOr their=0er there=0er they=0E who=hu whom=hum
whose=huz once=w@ns some=s@m come=k@m done=d@n none=n@n love=l@v give=gIv live=lIv
gone=gOn friend=frend people=pip@l could=kUd would=wUd should=SUd been=bIn again=agen
enough=In@f through=0ru though=0o thought=0Ot debt=det debts=dets receipt=risit
answer=ans@r business=bIznIs minute=mInIt minutes=mInIts money=m@ni month=m@n0
mortgage=mOrgIJ sure=SOr social=soS@l owe=o owed=od owes=oz four=fOr eight=Et hour=Wr
hours=Wrz our=Wr were=w@r where=wer heard=h@rd early=@rli learn=l@rn great=grEt
break=brEk today=tudE tomorrow=tumOro tonight=tunYt because=bikOz be=bi he=hi she=Si
we=wi me=mi so=so no=no go=go know=no any=eni many=meni very=veri only=onli other=@0@r
another=@n@0@r mother=m@0@r brother=br@0@r work=w@rk working=w@rkIN word=w@rd
world=w@rld worry=w@ri front=fr@nt woman=wUm@n women=wImIn put=pUt full=fUl pull=pUl
buy=bY by=bY bye=bY my=mY i=Y eye=Y high=hY don't=dont won't=wont know=no knows=noz
something=s@m0IN nothing=n@0IN everything=evri0IN account=@kWnt email=imEl is=Iz as=az
has=haz his=hIz use=yuz used=yuzd hi=hY ok=okE okay=okE id=YdE get=get gets=gets
getting=getIN forget=fOrget together=tuge0@r begin=bigIn sorry=sAri yes=yes
this=0Is that=0at yourself=yOrself listen=lIs@n often=Of@n half=haf talk=tOk walk=wOk
could've=kUd@v island=Yl@nd juice=Jus build=bIld guess=ges guest=gest
"""
_WHOLE = dict(pair.split("=") for pair in _SAID.split())
"""Frequent words that the rules would read wrongly."""
_RULES = (
    (r"^(?:kn|gn|pn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"^x", "z"),
    (r"^wh(?=o)", "h"),
    (r"wh", "w"),
    (r"(?<=.)(?:tion|ssion|cian)", "S@n"),
    (r"(?<=.)sion", "Z@n"),
    (r"(?:ti|ci|si)(?=al|ous|ent)", "S"),
    (r"(?<=.)ture", "C@r"),
    (r"(?<=.)sure", "Z@r"),
    (r"(?:ought|aught)", "Ot"),
    (r"ough", "o"),
    (r"augh", "af"),
    (r"eigh", "E"),
    (r"igh", "Y"),
    (r"gh", ""),
    (r"tch|ch", "C"),
    (r"sch", "sk"),
    (r"sh", "S"),
    (r"ph", "f"),
    (r"th", "0"),
    (r"ck", "k"),
    (r"qu", "kw"),
    (r"ng(?=$|s$|ly)", "N"),
    (r"nk", "Nk"),
    (r"dge", "J"),
    (r"mb$", "m"),
    (r"mn$", "m"),
    (r"x", "ks"),
    (r"c(?=[eiy])", "s"),
    (r"cc?", "k"),
    (r"g(?=[eiy])(?!ive|ift|irl|et)", "J"),
    (r"gg?", "g"),
    (r"j", "J"),
    (r"(?<=[td])ed$", "Id"),
    (r"(?<=[^aeiou])ed$", "d"),
    (r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<=[cg])es$", "Iz"),
    (r"(?<=[^aeiouy])e(?=s$|$|ly$|ment)", ""),
    (r"(?<=[bcdfgkptz])le$", "@l"),
    (r"a(?=(?:[^aeiouwxy]|ng|st)e(?:s|d|r|rs|ment|ly)?$)", "E"),
    (r"i(?=[^aeiouwxy]e(?:s|d|r|rs|ly)?$)", "Y"),
    (r"o(?=[^aeiouwxy]e(?:s|d|r|rs|ly)?$)", "o"),
    (r"u(?=[^aeiouwxy]e(?:s|d|r|rs|ly)?$)", "u"),
    (r"ee|ea|ie(?=.)|ei", "i"),
    (r"ai|ay|ey(?=.)", "E"),
    (r"ey$", "i"),
    (r"oa|oe", "o"),
    (r"ow(?=$|n|s$|e)", "o"),
    (r"oo", "u"),
    (r"ou|ow", "W"),
    (r"oi|oy", "Q"),
    (r"au|aw", "O"),
    (r"ew|ue|ui", "u"),
    (r"ar", "Ar"),
    (r"(?:e|i|u)r", "@r"),
    (r"or", "Or"),
    (r"(?<=^[bcdfghklmnprstvw])y$|(?<=^[bcdfghklmnprstvw][lrhn])y$", "Y"),
    (r"y$", "i"),
    (r"^y", "y"),
    (r"y", "I"),
    (r"a(?=ll|l[kt])", "O"),
    (r"o$", "o"),
    (r"a", "a"),
    (r"e", "e"),
    (r"i", "I"),
    (r"o", "A"),
    (r"u", "@"),
)
_RULE = re.compile("|".join(f"({pattern})" for pattern, _ in _RULES) + "|[a-z]")
_VOWELS = "aeiouAEIOUYWQ@"
_SIMILAR = {
    0.15: ("@ I", "@ e", "@ A", "@ U", "i I", "u U", "A O", "o O", "a e", "e I", "s z", "t d"),
    0.25: ("p b", "k g", "f v", "S Z", "C J", "S C", "Z J", "n N", "m n", "0 d", "0 f", "v b"),
    0.4: ("m N", "s 0", "z 0", "s S", "z J", "z Z", "t k", "p k", "p t", "d g", "d b", "w v"),
    0.5: ("l r", "l w", "r w", "t 0", "f p", "f h", "p h", "d n", "t C", "d J", "t s", "l n"),
}
"""How far sounds are that are easily taken for one another; two other vowels are `_VOWEL` apart."""
_VOWEL = 0.35
_DROPPED = {**dict.fromkeys(_VOWELS, 0.45), "h": 0.35}
_ENDING = {"t": 0.45, "d": 0.45, "s": 0.5, "z": 0.5}
_DROP = 0.75
"""What a sound costs that only one of the words has; less in the tables above, of which the
second holds for the last sound of a word."""
_FAR = 1.0
_ROUNDING = 1e-6
_LEAST_DROP = min(_DROP, *_DROPPED.values(), *_ENDING.values())
_CLASSES = str.maketrans("bdgvzZJSCN", "ptkfsSSSSn") | str.maketrans("", "", _VOWELS + "hwy")


def _pairs() -> defaultdict[str, dict[str, float]]:
    costs: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for vowel in _VOWELS:
        costs[vowel] = dict.fromkeys(_VOWELS, _VOWEL)
    for cost, names in _SIMILAR.items():
        for a, b in (name.split() for name in names):
            costs[a][b] = costs[b][a] = cost
    return costs


_COSTS = dict(_pairs())
_NONE: dict[str, float] = {}


@lru_cache(maxsize=16384)
def sounds(word: str) -> str:
    """Return the sounds of a lower-case English word, one letter each; empty for other scripts."""
    if word in _WHOLE:
        return _WHOLE[word]
    written = ""
    for found in _RULE.finditer(word.replace("'", "")) if word.isascii() else ():
        sound = _RULES[found.lastindex - 1][1] if found.lastindex else found.group()
        if sound and written.endswith(sound) and len(sound) == 1 and sound not in _VOWELS:
            continue
        written += sound
    return written


def likeness(a: str, b: str, least: float = 0.0) -> float:
    """Return how alike two words sound: 1 for the same sounds, 0 for nothing in common.

    One less the cheapest way to turn one's sounds into the other's, per sound of the longer; 0
    where that is less than `least`, which is found out sooner.
    """
    first, second = sounds(a), sounds(b)
    if first == second:
        return 1.0 if first else float(a == b)
    longer = max(len(first), len(second))
    most = (1 - least) * longer + _ROUNDING
    if not first or not second or abs(len(first) - len(second)) * _LEAST_DROP > most:
        return 0.0
    drops = _drops(second)
    row = [0.0]
    for drop in drops:
        row.append(row[-1] + drop)
    for mine, drop in zip(first, _drops(first), strict=True):
        costs = _COSTS.get(mine, _NONE)
        above = row[0]
        left = above + drop
        row[0] = least_here = left
        for at, theirs in enumerate(second, 1):
            change = above if mine == theirs else above + costs.get(theirs, _FAR)
            above = row[at]
            left += drops[at - 1]
            if change < left:
                left = change
            if above + drop < left:
                left = above + drop
            row[at] = left
            if left < least_here:
                least_here = left
        if least_here > most:
            return 0.0
    return max(0.0, round(1 - row[-1] / longer, 4)) if row[-1] <= most else 0.0


@lru_cache(maxsize=16384)
def _drops(word: str) -> tuple[float, ...]:
    """Return what each of a word's sounds costs that the other word has not."""
    costs = [_DROPPED.get(sound, _DROP) for sound in word]
    costs[-1] = _ENDING.get(word[-1], costs[-1])
    return tuple(costs)


class Neighbours:
    """Words of a vocabulary by their sound; immutable once built."""

    def __init__(self, words: Iterable[str]) -> None:
        """Index `words`, lower-case and without apostrophes."""
        self._buckets: dict[str, list[str]] = {}
        for word in words:
            for frame in _frames(word):
                self._buckets.setdefault(frame, []).append(word)

    def near(self, word: str, least: float = LEAST) -> tuple[tuple[str, float], ...]:
        """Return the words that sound like `word`, but for itself, with their likeness."""
        found = {
            other: likeness(word, other, least)
            for frame in _frames(word)
            for other in self._buckets.get(frame, ())
            if other != word
        }
        return tuple((other, alike) for other, alike in found.items() if alike >= least)


def _frames(word: str) -> tuple[str, ...]:
    """Return the consonant classes of a word, and what is left without any one of them."""
    frame = sounds(word).translate(_CLASSES)
    return (frame, *{frame[:at] + frame[at + 1 :] for at in range(len(frame))} - {frame})
