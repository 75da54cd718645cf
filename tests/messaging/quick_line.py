"""A web process whose beats are quick, so that a test need not wait for those of every day."""

from gevent import monkey

assert monkey.is_module_patched("select")

from collab.app import create_app, make_ready  # noqa: E402
from collab.web import sockets  # noqa: E402
from collab.web.seated import Seated  # noqa: E402
from config.settings import read  # noqa: E402

sockets.EVERY = 0.2
Seated.every, Seated.warm, Seated.life = 0.2, 0.6, 5.0
app = create_app(read())
make_ready(app)
