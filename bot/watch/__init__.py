"""What operators see of a coach that serves: whether it lives and is ready, and what it does."""
