"""The counting in words: the rule before anybody votes, every round afterwards, in the language being spoken.

The one part of the counting that knows the house's languages; the numbers it speaks of are made elsewhere.
"""

from .firm import firmness_in_words
from .methods import method_name, method_sentence
from .naming import apart, renamed, renamed_firmness
from .refused import refused
from .results import duels_and_ties_in_words, outcome_in_words, result_in_words
from .rounds import round_in_words
from .rules import arithmetic, rule_in_words
from .ties import tie_in_words

__all__ = [
    "apart",
    "arithmetic",
    "duels_and_ties_in_words",
    "firmness_in_words",
    "method_name",
    "method_sentence",
    "outcome_in_words",
    "refused",
    "renamed",
    "renamed_firmness",
    "result_in_words",
    "round_in_words",
    "rule_in_words",
    "tie_in_words",
]
