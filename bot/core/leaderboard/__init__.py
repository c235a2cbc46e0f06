"""What answers earn, who stands where, and who sees whom."""
