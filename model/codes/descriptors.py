"""CPT descriptors of a licensee, if they were imported into the user's folder. We ship none."""

from functools import cache

from model.policy_folder import table_path

LENGTHS = ("long", "medium", "short")


def descriptor(code: str, length: str = "medium") -> str | None:
    """The AMA's words for ``code``; None where the user has not imported that list.

    Args:
        code: A CPT code.
        length: long, medium or short.
    """
    if length not in LENGTHS:
        raise ValueError(f"{length} is no length of descriptors")
    return _texts(length).get(code)


@cache
def _texts(length: str) -> dict[str, str]:
    path = table_path(f"cpt_descriptors_{length}")
    lines = path.read_text("utf-8").splitlines() if path else []
    return dict(line.split("\t", 1) for line in lines)
