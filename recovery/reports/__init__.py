"""What a manager asks: one file for each question, reads only."""
