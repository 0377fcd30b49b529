"""Policy as a user handles it: tables taken in, and what another policy would make of claims."""
