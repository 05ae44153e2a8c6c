"""Items as other people's programs are told of them: feeds, assistants, search engines."""
