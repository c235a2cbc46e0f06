"""How well questions are found by what people type: `python -m benchmarks.phrasings`."""
