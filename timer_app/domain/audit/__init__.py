"""The journal beside what each service holds: rows and verdicts."""
