"""The unit engine's inputs; rules need them too, so they live beside the engine."""

from model.units.timing import timings, unit_policy

__all__ = ["timings", "unit_policy"]
