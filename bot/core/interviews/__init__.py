"""Mock interviews: questions in a row, follow-ups, and a report at the end."""
