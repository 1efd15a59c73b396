"""The Prefect service of a team: what is started, found again, registered, told about and stopped."""
