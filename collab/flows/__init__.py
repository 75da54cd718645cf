"""Stories that need two domains."""
