"""Lower case that keeps every offset."""


def folded(text: str) -> str:
    """``text`` in lower case, character by character, so that offsets still hold.

    ``str.lower`` may lengthen a text (a dotted capital I becomes two code points).
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
