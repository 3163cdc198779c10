"""Reads a transcript in YAML: what may stand in JSON, written by hand."""

import re

from callcoach.archive.transcripts.model import Reading
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.structured import ROWS_KEYS, read_structured
from callcoach.archive.transcripts.walk import Listing
from callcoach.errors import Told

_KEYS = r"(?:speaker|role|text|content|stime|start|说话人|角色|文本|内容)"
_ITEM = re.compile(
    rf"\s{{0,9}}-\s{{1,9}}\{{?\s{{0,9}}[\"']?{_KEYS}[\"']?\s{{0,9}}:(?:\s|$)", re.IGNORECASE
)
_DASH = re.compile(r"\s{0,9}-\s*")
_TOP = re.compile(r"^(?:utterances|segments|turns|dialogue|callcoach_export)\s*:(?:\s|$)", re.M)
_UNDER = re.compile(
    rf"^(?:{'|'.join(ROWS_KEYS)})\s{{0,9}}:\s{{0,99}}\n(?:{_ITEM.pattern})", re.M | re.IGNORECASE
)
"""A list of utterances under a key at the top."""
_PEEK = 4000
"""Characters within which it shows that a text is YAML."""
_WHOLE = "utterances:\n"
"""What makes a list at the top the table that `script.load` reads."""


def is_yaml(source: Source) -> bool:
    """Tell whether it is a list of utterances in YAML, or has one under a key at the top."""
    if source.is_json:
        return False
    start = source.text[:_PEEK]
    return _is_list(source) or bool(_TOP.search(start) or _UNDER.search(start))


def _is_list(source: Source) -> bool:
    """Tell whether the first lines that say anything begin an utterance of a list."""
    lines = (line for line in source.text[:_PEEK].split("\n") if line.strip())
    said = [line for line in lines if not line.lstrip().startswith(("#", "---", "%"))]
    if said and _DASH.fullmatch(said[0]):
        said[:2] = ["- " + said[1].lstrip()] if len(said) > 1 else []
    return bool(said) and _ITEM.match(said[0]) is not None


def read_yaml(source: Source) -> Reading:
    """Return the utterances of a YAML text. Raises `TranscriptError`, naming the line."""
    from callcoach.script.load import nodes  # 20 ms of yaml, for which hardly anybody asks

    def value_of(node: nodes.Node) -> object:
        """Return a node as JSON would have it."""
        match node:
            case nodes.Table():
                return {key.value: value_of(value) for key, value in node.entries}
            case nodes.Listing():
                listing = Listing()
                for item in node.items:
                    listing.add(value_of(item), max(item.place.line - is_list, 1))
                return listing
            case nodes.Scalar():
                return None if node.is_empty else node.text

    is_list = _is_list(source)
    text = source.text
    if is_list:  # what opens the document has to stand above its first key
        text = re.sub(r"^---[ \t]*$", "", text[:_PEEK], count=1, flags=re.M) + text[_PEEK:]
    table, problems = nodes.read_nodes(_WHOLE + text if is_list else text, source.name)
    if table is None or problems:
        line = max(problems[0].place.line - is_list, 1) if problems else 1
        why = problems[0].arguments.get("problem", "") if problems else ""
        what = Told("this is not valid YAML")
        if why:
            what = Told("this is not valid YAML ({why})", why=why)
        raise source.error(line, what, Told("correct it there, or save it as JSON"))
    values = Listing()
    values.add(value_of(table), 1)
    return read_structured(Source("", source.name, values=values))
