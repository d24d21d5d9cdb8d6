"""Which leadsync this is, for every room; `pyproject.toml` says the same."""

__version__ = "0.1.0"
