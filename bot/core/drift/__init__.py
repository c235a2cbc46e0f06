"""Whether answers change with time: the coach watches itself as it teaches others to."""
