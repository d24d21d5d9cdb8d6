"""`leadsync map`: a mapping proposed from a source, kept up, explained, and its schema for editors."""
