"""A channel's question of the day: its plan, its posts, answers and results."""
