"""What the coach remembers: SQLite by default, through SQLAlchemy."""
