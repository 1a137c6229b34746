"""What of a decision would remain if something were known no more."""

from .conditions import facts_of
from .decisions import Decision, is_true
from .evidence import Evidence
from .readings import Read, only
from .reasons import minimal_facts


def other_evidence(decision: Decision, rest: Read) -> tuple[Evidence, ...]:
    """What makes the shown version right under ``rest``, which knows less, and nothing beyond it.

    Empty where it would not be shown, and for a list.
    """
    option = decision.option
    if option is None or not is_true(option, rest):
        return ()
    condition = option.audience.condition
    facts = minimal_facts(lambda known: is_true(option, known), facts_of(condition), rest)
    return tuple(condition.evidence(only(rest, frozenset(facts))))
