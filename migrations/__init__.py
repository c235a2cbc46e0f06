"""The history of the database, one change a file; see `bot.storage.migrate`."""
