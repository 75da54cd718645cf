"""Who has a page open now: kept in Redis alone, by process, and gone by itself when a process says nothing any more.

Each web process writes down every few seconds who sits at its pages, as a whole: what was lost with Redis, or left
behind by a process that was killed, is right again at the next beat. What changed by a beat is told to exactly one
process, so that each change is announced once.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from . import broker

KEY: Final = "collab:here"
LIFE: Final = 20.0
"""Seconds for which a process counts after its last beat."""

_EVERYBODY: Final = """
local stamp = redis.call('TIME')
local now = stamp[1] * 1000 + math.floor(stamp[2] / 1000)
local function everybody()
  local found = {}
  for _, process in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    for _, id in ipairs(redis.call('SMEMBERS', KEYS[1] .. ':' .. process)) do found[id] = true end
  end
  return found
end
"""
_BEAT: Final = (
    _EVERYBODY
    + """
local mine, life = KEYS[1] .. ':' .. ARGV[1], tonumber(ARGV[2])
local before = everybody()
for _, process in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  redis.call('DEL', KEYS[1] .. ':' .. process)
  redis.call('ZREM', KEYS[1], process)
end
redis.call('DEL', mine)
for place = 3, #ARGV do redis.call('SADD', mine, ARGV[place]) end
redis.call('PEXPIRE', mine, 4 * life)
redis.call('ZADD', KEYS[1], now + life, ARGV[1])
redis.call('PEXPIRE', KEYS[1], 4 * life)
local after, came, went = everybody(), {}, {}
for id in pairs(after) do if not before[id] then table.insert(came, id) end end
for id in pairs(before) do if not after[id] then table.insert(went, id) end end
return {came, went}
"""
)
_AMONG: Final = """
local stamp = redis.call('TIME')
local now = stamp[1] * 1000 + math.floor(stamp[2] / 1000)
local found = {}
for _, process in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
  for _, id in ipairs(ARGV) do
    if redis.call('SISMEMBER', KEYS[1] .. ':' .. process, id) == 1 then found[id] = true end
  end
end
local there = {}
for id in pairs(found) do table.insert(there, id) end
return there
"""


class Change(NamedTuple):
    """Who came and who went, in all processes together, since the beat before."""

    came: list[int]
    went: list[int]


def beat(process: str, people: Iterable[int], life: float = LIFE) -> Change | None:
    """Write down who sits at the pages of a process, and learn what changed by it. None while Redis is away."""
    found = broker.ask("eval", _BEAT, 1, KEY, process, int(life * 1000), *sorted(set(people)))
    return None if found is None else Change(*(sorted(int(id_) for id_ in ids) for ids in found))


def among(people: Iterable[int]) -> frozenset[int] | None:
    """Those of these people who have a page open, in whichever process. None when Redis cannot be asked."""
    asked = sorted(set(people))
    if not asked:
        return frozenset()
    found = broker.ask("eval", _AMONG, 1, KEY, *asked)
    return None if found is None else frozenset(int(id_) for id_ in found)
