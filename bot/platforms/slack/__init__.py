"""The coach on Slack, with slack-bolt: over Socket Mode or HTTP, in one workspace or in many."""
