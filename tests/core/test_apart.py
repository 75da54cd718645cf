"""Signals, and work beside the loop, where gevent lets many work in one thread."""

import subprocess
import sys

DEADLINE = """
from gevent import monkey; monkey.patch_all()
import time
from collab.core.jobs import _Deadline
for work in (lambda: time.sleep(30), lambda: [number for number in iter(int, 1)]):
    try:
        with _Deadline(1, RuntimeError):
            work()
    except RuntimeError:
        print("ended")
"""


def test_a_job_that_takes_too_long_is_ended_whether_it_waits_or_works() -> None:
    done = subprocess.run([sys.executable, "-c", DEADLINE], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("ended\nended\n", "")


REFUSED = """
from gevent import monkey; monkey.patch_all()
from collab.core.apart import beside_the_loop
print(beside_the_loop(lambda: 7))
try:
    beside_the_loop(lambda: int("no number"))
except ValueError as error:
    print(error.__class__.__name__)
"""


def test_what_is_refused_beside_the_loop_is_told_to_whoever_asked_and_not_to_the_log() -> None:
    done = subprocess.run([sys.executable, "-c", REFUSED], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("7\nValueError\n", "")
