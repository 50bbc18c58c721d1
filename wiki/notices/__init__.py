"""What people are told: sentences for the screen, letters for the mail."""
