"""What does a Word file say, in which order? DOCX, and what lies in a zip like it."""
