"""The steps of an examination that look: from pages in millimetres to all that is judged."""
