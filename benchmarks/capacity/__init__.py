"""How many machines how many learners need: arrivals, queues, and figures of `coach bench`."""
