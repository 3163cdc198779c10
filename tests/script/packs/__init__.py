"""Tests of the rules that the shipped packs bring."""
