"""What the ear is made of that two processes hear for: each watched, nothing told twice."""
