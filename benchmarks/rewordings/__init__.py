"""Key points in other people's words, and how well the entailment network tells them apart."""
