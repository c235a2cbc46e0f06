"""What is open today, what comes, and the last grades, at a glance."""
