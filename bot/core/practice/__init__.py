"""A question is asked, answered, graded, and told back with its evidence."""
