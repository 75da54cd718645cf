"""How gunicorn serves Collab. Loaded by gunicorn before gevent has patched anything: psycopg stays out of here."""

import signal
import sys
from typing import Any

from collab.cli.local.launch import end_with_parent
from config.settings import read

_settings = read()

bind = [f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"]
workers = _settings.web_processes
worker_class = "gevent"
worker_connections = 2000
# Each worker loads the application after gevent has patched it; loaded before, psycopg would block it.
preload_app = False
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


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001
    """A worker whose master is killed ends too."""
    end_with_parent(signal.SIGTERM)


def post_worker_init(worker: Any) -> None:
    """Refuse to serve when the database driver would block every other request of the process."""
    from gevent import monkey

    if not monkey.is_module_patched("select"):
        worker.log.error("gevent has not patched this process; refusing to serve.")
        sys.exit(4)
