"""Make the checkout ready for work: install it, lock it. Only the standard library is needed."""
