"""What the windows want, carried out: one controller for each window that acts."""
