"""Who was first in a month, and the role that they get for it."""
