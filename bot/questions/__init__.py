"""What a message asks and names: the message read, by itself and in its conversation."""
