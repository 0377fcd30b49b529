"""What keeps units from being counted at all."""

from model.errors import NoteproofError


class MinutesBeyondDay(NoteproofError, ValueError):
    """The minutes of one calendar day are more than a day has."""

    code = "units.minutes_beyond_day"

    def __init__(self, minutes: int, most: int) -> None:
        self.minutes, self.most = minutes, most
        super().__init__(f"{minutes} minutes in one day of {most}")
