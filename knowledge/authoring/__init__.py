"""What helps to write questions: drafts, the guide through one, and importing from other files."""
