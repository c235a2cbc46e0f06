"""What is asked and what a good answer contains: questions, their rubrics and the bank."""
