"""The domains of speech and language a note speaks of, each with its words."""

from collections.abc import Mapping

from model.policy import Policy
from model.records import Span
from model.rules.wording import found

DOMAINS = "evaluations.slp_domains"


def codes_of(policy: Policy) -> Mapping[str, str]:
    """The code that stands for evaluating each domain."""
    return {domain: str(code) for domain, code in policy.table(DOMAINS).items()}


def spoken_of(text: str, policy: Policy) -> dict[str, tuple[Span, ...]]:
    """Where ``text`` speaks of each domain; nothing for a domain it leaves out."""
    places = {domain: found(text, __file__, domain) for domain in codes_of(policy)}
    return {domain: spans for domain, spans in places.items() if spans}
