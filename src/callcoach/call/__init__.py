"""What happened: a call as a list of events, and everything that is a fold over them.

This room is pure and synchronous: no clock, no thread, no file. Time is data: `at`, in seconds
since the call began.
"""
