"""What a drill begins with: people, templates and contacts of one pretend shop."""
