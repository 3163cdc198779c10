"""Evaluation forms: files that say what a call is judged by, read, checked and scored."""
