"""A web process that asks nobody anew by itself, so that a test sees what the word of a change does."""

from gevent import monkey

assert monkey.is_module_patched("select")

from collab.app import create_app, make_ready  # noqa: E402
from collab.web import sockets  # noqa: E402
from config.settings import read  # noqa: E402

sockets.EVERY = 3600.0
sockets.MOST_LINES = 3  # type: ignore[misc]
app = create_app(read())
make_ready(app)
