"""What the public site keeps of the decisions on its topic, and how it finds them again."""
