"""Hearing: sound becomes words on this machine; recognisers, sources of sound and their models."""
