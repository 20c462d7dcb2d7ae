"""The guest's mailbox, to look at: every mail that the demonstration's server has received."""
