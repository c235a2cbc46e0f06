"""A learner's plan: what a role is asked about, spread over the days until the interview."""
