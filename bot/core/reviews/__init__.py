"""What comes back when: spaced repetition, the day's agenda, reminders."""
