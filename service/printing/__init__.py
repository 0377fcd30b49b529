"""Answers for a person at a terminal: rich where it can be shown, plain words where it cannot."""

from service.printing.console import stderr, stdout
from service.printing.draft import print_draft
from service.printing.rules import print_rule, print_rules
from service.printing.units import print_units

__all__ = ["print_draft", "print_rule", "print_rules", "print_units", "stderr", "stdout"]
