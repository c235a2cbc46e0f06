"""What the answers of many tell about questions and groups."""
