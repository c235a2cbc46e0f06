"""What waits for hosts, brought into the channel that they chose for it."""
