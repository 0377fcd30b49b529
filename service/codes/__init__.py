"""Codes by words or by the beginning of the code, for whoever picks one."""
