"""Starts a worker, tells its number, and waits to be killed."""

import sys
import time

from callcoach.hearing.process.child import Child
from tests.hearing.process.odd_worker import Did, Do

if __name__ == "__main__":
    child = Child("tests.hearing.process.odd_worker", Did, lambda _: None)
    while not child.has_begun:
        time.sleep(0.01)
    child.send(Do(sys.argv[1]))
    sys.stdout.write(f"{child.id}\n")
    sys.stdout.flush()
    time.sleep(3600)
