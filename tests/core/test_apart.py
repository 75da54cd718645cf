"""Signals where gevent lets many work in one thread."""

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
