"""Turn a free-text answer into a grade with evidence, by meaning, without network or GPU."""
