"""The line between the web processes stands on a Unix socket and on TCP alike."""

import pytest
import redis

from collab.web.sockets import broker_options


@pytest.mark.parametrize("url", ["unix:///tmp/redis.sock?db=0", "redis://localhost:6379/0"])
def test_a_connection_can_be_made_with_its_options(url):
    pool = redis.Redis.from_url(url, **broker_options(url)).connection_pool
    assert pool.make_connection() is not None
