"""What learners say is the matter with a question, and what hosts do about it."""
