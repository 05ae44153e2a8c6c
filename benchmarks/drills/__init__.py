"""What happens when things break: every drill does damage to a real server and says what came of it."""
