"""Final claims, for whatever bills them."""
