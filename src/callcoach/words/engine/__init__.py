"""Finds which segments of phrases occur in an utterance: one automaton over tokens.

An utterance becomes a string of one code point per token (`codes`). A phrase is split at its gaps
and numbers into segments, sets of token strings, and all segments make up one automaton
(`compile`, `program`). A scanner finds the segments; `search` joins them by token position
(`join`) and looks a second time without hesitations (`thin`); `choose` decides which matches
count, and `places` finds where their tokens stand. `words.match` is the door.

What has no hit costs a few calls in all: numbers, hesitations and places are looked at only where
a code tells of them, and which of a key's matches count is decided when somebody asks.

The seam between a scanner and the rest is `scan.Scanner`: a string of codes in, the places of all
segments out. One scanner stands behind it, `automaton`, in Python without a dependency. A native
one would be built from a `program.Program` (flat arrays), hold no text and decide nothing; with
the shipped packs it could save no more than finding the segments takes, a twentieth of matching,
which is why there is none (docs/batch.md has the figures).
"""
