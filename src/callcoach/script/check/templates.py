"""What is wrong with the templates of lines, before anything is said."""

from collections.abc import Iterator

from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.fields import nearest
from callcoach.script.model import Line, Script, local, pack_of
from callcoach.script.place import Text
from callcoach.script.template import TemplateSyntax, UnsafeTemplate, read_template
from callcoach.words.pace import speaking_seconds

LONGEST = 25.0
"""A line that takes longer to say, in seconds, is no line but a speech."""


def check_templates(script: Script) -> Iterator[Diagnostic]:
    """Yield what is wrong with the lines of the script's own pack, one by one."""
    for line in script.lines.values():
        if pack_of(line.id) == script.id:
            for texts in line.wording.variants.values():
                for text in texts:
                    yield from _check_text(script, line, text)


def _check_text(script: Script, line: Line, text: Text) -> Iterator[Diagnostic]:
    arguments = {"line": local(line.id)}
    try:
        used = read_template(text.value)
    except (TemplateSyntax, UnsafeTemplate) as error:
        code = "CC043" if isinstance(error, TemplateSyntax) else "CC042"
        problem = {"problem": error.message, "remedy": error.hint}
        yield Diagnostic(code, text.place, arguments | problem)
        return
    names = script.names[pack_of(line.id)]
    for name in dict.fromkeys(use.name for use in used if use.name not in names):
        yield Diagnostic("CC040", text.place, {"name": name}, nearest=nearest(name, names))
    seconds = speaking_seconds(text.value)
    if seconds > LONGEST:
        yield Diagnostic("CC064", text.place, arguments | {"seconds": f"{seconds:.0f}"})
