"""Forms of contacts and of sending."""
