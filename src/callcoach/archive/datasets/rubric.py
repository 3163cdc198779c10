"""Reads a folder of transcripts with one table of labels beside them.

`transcripts/ID.json` are lists of speaker, text, stime and etime. `labels.tsv` has lines of an
utterance's name, `ID.NUMBER` counted from 0, its speaker and its labels with commas between; a
line `# ID` opens a call and may tell `verified=Y` and `early=N` of it. Only calls that are opened
there are read, so that a call nobody labelled is not taken for one without labels. Other lines
that begin with # are remarks.

Labels that people looked for but never found are right not to be given, and wrong to be: they
count where `RUBRIC.md` stands beside, with a line `- LABEL, LABEL: ...` for them under a line
that begins with Agent, Customer or Both.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from callcoach.archive.datasets.files import read_text
from callcoach.archive.datasets.model import Dataset, DatasetError, Draft, Line, Trouble
from callcoach.archive.transcripts.labels import speaker_of
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.structured import read_structured
from callcoach.call.evaluate.gold import Mark
from callcoach.errors import Told, TranscriptError
from callcoach.script.model import Speaker

LABELS, TRANSCRIPTS, RUBRIC = "labels.tsv", "transcripts", "RUBRIC.md"
_HEAD = re.compile(r"#\s*(?P<id>[^\s.]+)(?P<more>(?:\s+\w+=\w+)*)\s*")
_NAME = re.compile(r"(?P<id>.+)\.(?P<number>\d{1,6})")
_SIDE = re.compile(r"(?:#+\s*)?(Agent|Customer|Both)\b")
_ITEM = re.compile(r"[-*]\s+([a-z]\w*(?:,\s*[a-z]\w*)*):")
_SPEAKERS = {
    "Agent": (Speaker.AGENT,),
    "Customer": (Speaker.CUSTOMER,),
    "Both": (Speaker.AGENT, Speaker.CUSTOMER),
}
_LETTERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER}
_ANSWERS = {"Y": True, "N": False}


def read_rubric(folder: Path, renamed: Mapping[str, str]) -> Dataset:
    """Return the calls of a folder; `renamed` maps its labels to others.

    Raises `DatasetError` where there is nothing to read.
    """
    draft = Draft()
    file = folder / LABELS
    for number, line in enumerate(read_text(file).split("\n"), 1):
        trouble = _read_line(line.rstrip("\r"), folder, renamed, draft)
        if trouble:
            draft.troubles.append(Trouble(str(file), number, trouble))
    calls = draft.calls(folder.name, _looked_for(folder / RUBRIC, renamed))
    return Dataset(folder.name, "rubric", calls, tuple(draft.troubles))


def _looked_for(rubric: Path, renamed: Mapping[str, str]) -> frozenset[Mark]:
    """Return the labels that a rubric tells of; none where there is no rubric."""
    speakers: tuple[Speaker, ...] = ()
    marks: set[Mark] = set()
    for line in read_text(rubric).split("\n") if rubric.is_file() else ():
        if side := _SIDE.match(line):
            speakers = _SPEAKERS[side[1]]
        elif item := _ITEM.match(line):
            named = (label.strip() for label in item[1].split(","))
            marks.update(Mark(renamed.get(one, one), who) for one in named for who in speakers)
    return frozenset(marks)


def _read_line(line: str, folder: Path, renamed: Mapping[str, str], draft: Draft) -> Told | None:
    """Take a line of the labels into the draft; return what is wrong with it."""
    if not line.strip():
        return None
    if line.startswith("#"):
        head = _HEAD.fullmatch(line)
        return _open(head["id"], head["more"], folder, draft) if head else None
    fields = line.split("\t")
    name = _NAME.fullmatch(fields[0])
    if name is None or not 2 <= len(fields) <= 3:
        return Told("write the utterance, a tab, the speaker, a tab and the labels")
    lines = draft.lines.get(name["id"])
    if lines is None:
        return Told("this call has no line of its own, or no transcript, above")
    place = int(name["number"])
    if place >= len(lines):
        return Told("the transcript has only {n} utterances", n=len(lines))
    said = lines[place]
    if _LETTERS.get(fields[1], speaker_of(fields[1])) is not said.speaker:
        return Told("somebody else speaks there in the transcript")
    named = fields[2].split(",") if len(fields) == 3 else []
    plain = (label.strip() for label in named)
    labels = frozenset(renamed.get(label, label) for label in plain if label)
    lines[place] = Line(said.speaker, said.text, said.labels | labels, said.start, said.end)
    return None


def _open(id: str, more: str, folder: Path, draft: Draft) -> Told | None:
    """Take a call's transcript into the draft; return what is wrong with it."""
    if id in draft.lines:
        return Told("this call has been opened above")
    path = folder / TRANSCRIPTS / f"{id}.json"
    if path.parent != folder / TRANSCRIPTS:
        return Told("this is no name of a call")
    try:
        said = read_structured(Source(read_text(path), path.name)).said
    except (DatasetError, TranscriptError) as error:
        return error.message
    draft.lines[id] = [
        Line(speaker_of(one.label) or Speaker.OTHER, one.text, start=one.start, end=one.end)
        for one in said
    ]
    for verdict in more.split():
        name, _, answer = verdict.partition("=")
        if answer not in _ANSWERS:
            return Told("{name} takes Y or N", name=name)
        draft.verdicts[id][name] = _ANSWERS[answer]
    return None
