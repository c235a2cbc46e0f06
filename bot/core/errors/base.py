"""What every error of the coach has in common."""


class CoachError(Exception):
    """Base of everything that is answered with a sentence instead of a stack trace."""
