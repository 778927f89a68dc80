"""What can be said against a message: by the API document, by a channel, by good sense."""
