"""Who works here: accounts, roles, sign-in, and the keys of programs."""
