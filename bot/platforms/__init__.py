"""Adapters: each folder translates one platform to the core and back."""
