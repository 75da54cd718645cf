"""How the bare application is served: as Collab is."""

import os
from typing import Any

bind = [f"127.0.0.1:{os.environ['BARE_PORT']}"]
workers = 2
worker_class = "gevent"
worker_connections = 2000
preload_app = False
control_socket_disable = True
graceful_timeout = 5
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001
    """A worker whose master is killed ends too."""
    import signal

    from collab.cli.local.launch import end_with_parent

    end_with_parent(signal.SIGTERM)
