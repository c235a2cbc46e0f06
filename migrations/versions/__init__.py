"""One change a file, oldest first by date; a file imports no application code.

A batch change builds the table anew. It keeps rows, constraints and indexes, but not that ids are
never reused: give it `table_kwargs={"sqlite_autoincrement": True}`.
"""
