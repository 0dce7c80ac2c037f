"""The history: a day as a timeline, a week or month as bars, the entries as a table."""
