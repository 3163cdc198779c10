"""What a call was worth: what a team's own reviews teach."""
