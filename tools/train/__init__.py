"""Training of the entailment network: `python -m tools.train ../shared/data`.

Runs on the authors' machines only; grading needs nothing of it.
"""
