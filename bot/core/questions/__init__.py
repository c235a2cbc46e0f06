"""Which questions are asked where, and how one is found by words."""
