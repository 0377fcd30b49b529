"""The keys of the screen, once: pages print them, and ``keymap.js`` reads them from there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A control and the key that presses it.

    Attributes:
        name: The control's ``data-do``.
        shown: The key as delivered, as ``static/keymap.js`` writes keys.
    """

    name: str
    shown: str
    does: str


KEY_GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "Move",
        (
            Command("next", "J", "Next line or diagnosis"),
            Command("previous", "K", "Line or diagnosis before"),
            Command("open", "Enter", "Open the chart, or the first words of the line"),
            Command("next-evidence", "N", "Next words that prove the line"),
            Command("previous-evidence", "P", "Words before"),
            Command("next-chart", "Shift+J", "Next chart"),
            Command("previous-chart", "Shift+K", "Chart before"),
        ),
    ),
    (
        "Look",
        (
            Command("why", "W", "Why this code; then 1 to 9 for a neighbour"),
            Command("rule", "R", "The rule behind the first finding"),
            Command("search", "/", "Search codes"),
            Command("help", "?", "These keys"),
        ),
    ),
    (
        "Decide",
        (
            Command("accept", "A", "Accept, and on to the next that is open"),
            Command("accept-green", "G", "Accept all that asks for no care"),
            Command("reject", "X", "Reject; then 1 to 9 for the reason"),
            Command("edit", "E", "Edit the line"),
            Command("more", "+", "One unit more"),
            Command("less", "-", "One unit less"),
            Command("modifiers", "M", "Edit its modifiers"),
            Command("diagnoses", "D", "Edit the diagnoses it points at"),
            Command("undo", "Ctrl+Z", "Take back the last decision"),
            Command("finalize", "Ctrl+Enter", "Finalize and open the next chart"),
        ),
    ),
    (
        "Tell",
        (
            Command("query", "Q", "Ask the therapist"),
            Command("flag", "F", "Flag to QA"),
            Command("comment", "C", "Comment"),
        ),
    ),
)
