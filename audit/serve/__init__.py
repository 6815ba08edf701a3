"""`copydesk serve`: the desk as a local page, for editors who never open a terminal."""
