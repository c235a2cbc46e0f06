"""How fast grading and search are on this machine, beside the bare model on the same texts."""
