"""Signing in at an organisation's own identity provider (OpenID Connect); off unless it is set."""
