"""Hearing: the process that takes sound."""
