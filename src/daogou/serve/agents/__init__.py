"""The door for other people's assistants: MCP with the catalogue tools of UCP, read-only."""
