"""What can go wrong, kind by kind."""
