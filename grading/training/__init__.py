"""Training of the entailment network: `python -m grading.training ../shared/data`.

Runs on the authors' machines only; grading needs nothing of it.
"""
