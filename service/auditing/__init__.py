"""A batch audit: many encounters in parts, each kept on disk as it is done, joined at the end.

``order.py`` is the way of one audit; ``service/audit`` is something else, the log of who did what.
"""
