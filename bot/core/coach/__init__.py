"""What a learner can do with the coach: the use cases of practice put together."""
