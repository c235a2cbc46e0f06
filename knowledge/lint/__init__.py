"""What a question's words tell about its quality: checks without a model, precise before complete.

A bank may be valid and still be poorly written. What reads the question's meaning stands in
`grading.lint`. A heuristic that is wrong about one sentence is told so in `accepted_faults.yaml`.
"""
