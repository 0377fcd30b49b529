"""The one check behind every detail rule."""

from collections.abc import Collection, Iterator

from model.records import Case, Flag
from model.rules.documentation.elements import has
from model.rules.lines import joined, judged, only, service_of, supported_services
from model.rules.wording import is_worded


def undetailed(
    case: Case, rule_file: str, *, codes: Collection[str], element: str, query: str
) -> Iterator[Flag]:
    """Flag services of ``codes`` on a note in which no word shows ``element``.

    The words are under ``shows`` in the ``.wording.yaml`` beside ``rule_file``; they are many, so
    that only a note that tells nothing of the service is remarked on.
    """
    if case.facts is None or not any(line.code in codes for line in case.supported):
        return
    supported = supported_services(case)
    lines = [
        known
        for known in judged(case)
        if (base := service_of(known.code)) in codes and base in supported
    ]
    if lines and not has(case, element) and not is_worded(case, rule_file, "shows"):
        yield Flag(
            message=f"{joined(service_of(known.code) for known in lines)}: {element} not found",
            line=only(lines),
            missing=(element,),
            query=query,
        )
