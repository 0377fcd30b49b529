"""A note marked with words found nowhere else, to see where the text of a note ends up."""

MARKS = ("Quellenbrock", "zimtschnurre", "plovdivian", "77-31-905")
"""A name, two words and a number that no other text of ours holds."""

MARKED_NOTE = f"""OT daily note 03/02/2026   Patient: {MARKS[0]}   MRN {MARKS[3]}
Pt says her {MARKS[1]} hurts less. Therapeutic activities 23 min: {MARKS[2]} grasp, min cues.
Neuro re-ed 15 min. Timed 38 / total 45. Tolerated well. Cont 2x/wk x 6 wks.
97530 x2 GO, 97112 x1 GO, 97532 x1    dx I69.354, G81.90
R. {MARKS[0]} OTR/L
"""


def leaks(text: str) -> list[str]:
    """The marks that ``text`` gives away, in any case."""
    return [mark for mark in MARKS if mark.lower() in text.lower()]
