"""Tests of the numbers, amounts and days that people say."""
