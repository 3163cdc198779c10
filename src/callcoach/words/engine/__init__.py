"""Finds which segments of phrases occur in an utterance: one automaton over tokens.

An utterance becomes a string of one code point per token (`codes`). A phrase is split at its gaps
and numbers into segments, sets of token strings, and all segments make up one automaton
(`compile`, `program`). A scanner finds the segments; `search` joins them by token position
(`join`) and looks a second time without hesitations (`thin`); `choose` decides which matches
count, and `places` finds where their tokens stand. `words.match` is the door.

Of one utterance or a thousand, what has no hit costs a few calls in all: languages are encoded
together, and numbers, hesitations and places are looked at only where a code tells of them.

The seam between a scanner and the rest is `scan.Scanner`: a string of codes in, the places of all
segments out, many utterances in one string with `codes.SEPARATOR` between. Two scanners stand
behind it, `automaton` in Python without a dependency and `wheel` on `ahocorasick_rs`, and they
must agree on every string. A native core would be a third: it is built from a `program.Program`
(flat arrays) or from its `program.Spellings` (literals), holds no text and decides nothing.
"""
