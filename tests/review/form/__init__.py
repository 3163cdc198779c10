"""Tests of the forms that calls are judged by."""
