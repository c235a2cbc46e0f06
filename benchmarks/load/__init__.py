"""What the whole program holds: `coach run` before the emulated platforms of the tests."""
