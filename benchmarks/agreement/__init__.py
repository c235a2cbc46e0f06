"""How well the grader agrees with people: what `coach evaluate` runs."""
