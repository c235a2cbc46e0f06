"""The interview coach as an application: core, storage, platforms and command line."""
