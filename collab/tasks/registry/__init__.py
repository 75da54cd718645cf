"""The registry: what came in and went out under a protocol number."""
