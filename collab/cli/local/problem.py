"""What keeps Collab from starting on this machine, as a sentence for the person who started it."""


class CannotStart(Exception):
    """Collab cannot start; the message is a whole sentence that says what to do."""
