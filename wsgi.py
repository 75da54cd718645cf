"""The application as gunicorn's gevent worker loads it: `collab web`."""

from gevent import monkey

if not monkey.is_module_patched("select"):
    raise RuntimeError("wsgi.py is loaded by gunicorn's gevent worker, which patches first: run `collab web`.")

from collab.app import create_app
from config.settings import read

app = create_app(read(), serving=True)
