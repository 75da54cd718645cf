"""`collab up` with tiny programs in place of the application: what is tried here is the machine, not the pages.

The web process answers every path and has a child of its own. As workers of gunicorn do, the child ends with its
parent, unless ORPHAN is set: then only somebody who ends the whole group reaches it. FAILING makes the web process
end at once.
"""

import os
import sys
from functools import partial
from pathlib import Path

from collab.cli import up
from collab.cli.local import machine, programs
from collab.cli.local.program import Program
from config.settings import Settings

WEB = """
import http.server, os, subprocess, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"here")
    def log_message(self, *_): pass
child = "import os, sys, time; from collab.cli.local.launch import end_with_parent; "
child += "os.environ.get('ORPHAN') or end_with_parent(15); "
child += "os.getppid() == int(sys.argv[1]) and time.sleep(600)"
subprocess.Popen([sys.executable, "-c", child, str(os.getpid())])
if os.environ.get("FAILING"):
    sys.exit("web has no reason to live")
print("web is up", flush=True)
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
"""
SLEEP = "import time; time.sleep(600)"
ONCE = {"migrate": "print('migrated')", "demo": "print('sample made')", "": "print('anna@example.org  secret')"}


def tiny(settings: Settings, name: str, *arguments: str) -> Program:
    """The real program of that name with another body."""
    real = REAL(settings, name, *arguments)
    body = ONCE.get(name, WEB if name == "together" else "")
    launch = real.command()
    before_program = launch[: launch.index("--") + 1]
    command = [*before_program, sys.executable, "-c", body]
    return Program(name, lambda: command, real.environment, real.layer, real.how, real.before)


REAL = programs.collab
programs.collab = tiny
machine.available = partial(dict, demo=Path("demo.py"))

if __name__ == "__main__":
    os.chdir("/")
    up.command(standalone_mode=True)
