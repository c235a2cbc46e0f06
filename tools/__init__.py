"""What developers run: installing and locking, pictures for the documentation."""
