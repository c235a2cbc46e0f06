"""A learner says that a point was covered, a host decides, grades follow."""
