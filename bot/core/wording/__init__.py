"""Every sentence a learner can read, one module for each kind of message."""
