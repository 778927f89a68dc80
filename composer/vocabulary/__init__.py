"""What a message is and what the channels make of it. Pure Python: no Django, no database."""
