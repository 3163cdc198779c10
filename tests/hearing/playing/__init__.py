"""Tests of hearing kept sound again."""
