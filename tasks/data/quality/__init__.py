"""The data quality gate: what a corpus has to be before a model learns from it."""
