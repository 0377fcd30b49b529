"""Minutes in, units out, with a certificate that an independent verifier can check."""

from model.units.engine import units
from model.units.errors import MinutesBeyondDay
from model.units.verifier import verify

__all__ = ["MinutesBeyondDay", "units", "verify"]
