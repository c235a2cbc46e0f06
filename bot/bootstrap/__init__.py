"""The composition root: settings in, wired objects out. Nothing else constructs.

Plain functions that return frozen values, a module for each kind. Nothing here opens a database,
loads a model or connects anywhere: that happens when the first transaction begins, the first text
is embedded, and a platform starts.
"""
