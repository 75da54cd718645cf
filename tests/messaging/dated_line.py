"""A web process that is told what time it is: by the file `now` in its folder, while there is one."""

from gevent import monkey

assert monkey.is_module_patched("select")

import os  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from pathlib import Path  # noqa: E402

from collab.app import create_app, make_ready  # noqa: E402
from collab.core import clock  # noqa: E402
from collab.web import sockets  # noqa: E402
from config.settings import read  # noqa: E402

TOLD = Path(os.environ["COLLAB_DATA_DIR"]) / "now"


def told() -> datetime:
    return datetime.fromisoformat(TOLD.read_text()) if TOLD.exists() else datetime.now(UTC)


clock.now = told
sockets.EVERY = 0.2
app = create_app(read())
make_ready(app)
