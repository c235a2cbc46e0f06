"""Answers of independent authors, scored by two readers: see README.md beside this file."""
