"""The application as gunicorn loads it, once for all its processes: `collab web`."""

from gevent import monkey

if not monkey.is_module_patched("select"):
    raise RuntimeError("wsgi.py is loaded by gunicorn, whose settings let gevent patch first: run `collab web`.")

from collab.app import create_app, make_ready
from config.settings import read

app = create_app(read())
make_ready(app)
