"""Encounters in, claim drafts out."""
