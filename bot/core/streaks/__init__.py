"""Days answered in a row, and what excuses a day without an answer."""
