"""What a note must carry to stand behind its claim."""
