"""The terminal: a conversation with one person, at a prompt or through a pipe."""
