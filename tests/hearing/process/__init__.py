"""Hearing: children that crash, hang, lie and outlive nobody."""
