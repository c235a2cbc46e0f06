"""What `coach doctor` looks at, and how a look that does not end is ended."""
