"""How gunicorn serves Collab: the application is loaded once, and its processes share what was loaded.

gunicorn reads this first, so gevent patches here before anything else is imported: psycopg looks, when it is
imported, at what it may wait with. Nothing that is open may be in two processes: whatever talks to the database, to
Redis or to browsers is made anew in each (`collab.app.serve`).
"""

from gevent import Timeout, monkey

monkey.patch_all()

import gc  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

from gunicorn.http.errors import NoMoreData, ParseException  # noqa: E402

from collab.cli.local.launch import end_with_parent  # noqa: E402
from config.settings import read  # noqa: E402

_settings = read()

bind = [f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"]
workers = _settings.web_processes
worker_class = "gevent"
worker_connections = 2000
preload_app = True
# The control socket has one address on a machine, and two copies would share it.
control_socket_disable = True
graceful_timeout = 5
timeout = 60
keepalive = 15
limit_request_line = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "collab web"
forwarded_allow_ips = "127.0.0.1,::1"


def when_ready(server: Any) -> None:  # noqa: ARG001
    """What is alive now stays: the collector would otherwise write to, and so copy, every page of it."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001
    """A worker whose master is killed ends too."""
    end_with_parent(signal.SIGTERM)


def post_request(worker: Any, req: Any, environ: dict[str, Any], resp: Any) -> None:  # noqa: ARG001
    """What is left of chunks that nobody asked for is read before the next request is looked for. Where it cannot be
    made out, or does not come, the line is closed: gunicorn itself would answer the same request a second time."""
    if "HTTP_TRANSFER_ENCODING" not in environ or req.should_close():
        return
    try:
        with Timeout(keepalive, False):
            while req.body.read(65_536):
                pass
            return
    except (ParseException, NoMoreData):
        worker.log.debug("what was left of a request cannot be made out")
    req.force_close()


def post_worker_init(worker: Any) -> None:
    """Open what is this process's own; refuse to serve when the database driver would block everybody else."""
    if not monkey.is_module_patched("select"):
        worker.log.error("gevent has not patched this process; refusing to serve.")
        sys.exit(4)
    from collab.app import serve

    serve(worker.app.callable)
