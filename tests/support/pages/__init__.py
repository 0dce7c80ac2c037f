"""Windows as a person meets them: fields and buttons by their names, never by their attributes."""
