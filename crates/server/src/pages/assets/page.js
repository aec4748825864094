// Makes smoother what works without it.
