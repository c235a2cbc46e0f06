"""Who learns: the learner, their accounts on platforms, and their settings."""
