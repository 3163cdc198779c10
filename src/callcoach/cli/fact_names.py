"""Finds the fact that a person names: by its id, or by what it is called on the screen."""

from collections.abc import Iterator

from callcoach.errors import FactError, suggest
from callcoach.script.facts import FactId
from callcoach.script.model import Script, local


def fact_named(script: Script, name: str) -> FactId | None:
    """Return the fact of an id, whole or in the pack, or of a title in any language; else None."""
    id = FactId(name)
    if id in script.facts:
        return id
    if name in script.names[script.id]:
        return script.names[script.id][name]
    wanted = name.casefold()
    return next((it.id for it in script.facts.values() if wanted in _titles(script, it.id)), None)


def no_such_fact(script: Script, name: str) -> FactError:
    """Return what is wrong with a name that is no fact's, with the nearest that there are."""
    is_id = name.isascii() and " " not in name
    known = [local(id) for id in script.facts]
    titles = [title for id in script.facts for title in _titles(script, id)]
    return FactError(
        "the pack {id} knows no fact “{name}”",
        suggest(name, known if is_id else titles),
        id=script.id,
        name=name,
    )


def _titles(script: Script, id: FactId) -> Iterator[str]:
    title = script.facts[id].title
    return (text.value.casefold() for texts in title.variants.values() for text in texts)
