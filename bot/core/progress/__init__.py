"""How a learner is doing, in words and pictures."""
