"""What is known of a person: explained, handed out, deleted, let go in time."""
