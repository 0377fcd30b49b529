"""The rule book: what each rule asks, on what authority, with which values on which days."""
