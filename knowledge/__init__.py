"""What is asked and what a good answer contains: questions, rubrics and the bank that holds them."""
