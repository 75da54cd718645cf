"""Building blocks of the organisation, without rules of their own: for commands, imports and the sample organisation.

Each takes the writing session of the command around it, works on many rows at once and tells nobody; whoever
calls it records the facts.
"""
