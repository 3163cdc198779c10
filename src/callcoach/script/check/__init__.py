"""Says everything that can be known to be wrong with a script before anybody speaks it."""

from collections.abc import Collection

from callcoach.script.check.cues import check_cues, check_used_cues
from callcoach.script.check.facts import check_facts
from callcoach.script.check.graph import check_codes, check_graph
from callcoach.script.check.limits import check_limits
from callcoach.script.check.listening import check_listening
from callcoach.script.check.plans import check_plans
from callcoach.script.check.required import check_required
from callcoach.script.check.rules import check_rules, check_used_rules
from callcoach.script.check.said import check_said
from callcoach.script.check.templates import check_templates
from callcoach.script.diagnostic import Diagnostic, is_error
from callcoach.script.load import Loaded

__all__ = ["check", "has_errors"]


def check(loaded: Loaded, vocabulary: Collection[str] | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a pack, in the order of its files.

    `vocabulary` are the words that a speech model can hear; given, phrases outside of it are
    reported. A pack that could not be loaded has only the findings of loading. What is wrong
    inside a used pack is that pack's own to report, unless it keeps this one from being used.
    """
    found = list(loaded.findings)
    if loaded.script is not None:
        found += check_graph(loaded.script)
        found += check_codes(loaded.script)
        found += check_plans(loaded.script, loaded.plans.values())
        found += check_cues(loaded.script, vocabulary)
        found += check_rules(loaded.script, vocabulary)
        found += check_used_cues(loaded.script)
        found += check_used_rules(loaded.script)
        found += check_listening(loaded.script)
        found += check_templates(loaded.script)
        found += check_facts(loaded.script, loaded.plans)
        found += check_limits(loaded.script)
        if not has_errors(found):
            found += check_required(loaded.script)
            found += check_said(loaded.script)
    order = [file for source in loaded.sources for file in source.files]
    rank = {file: place for place, file in enumerate(order)}
    found.sort(key=lambda it: (rank.get(it.place.file, -1), it.place, it.code))
    return tuple(found)


def has_errors(findings: Collection[Diagnostic]) -> bool:
    """Tell whether a finding keeps the pack from being used."""
    return any(map(is_error, findings))
