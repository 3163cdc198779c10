"""The ear's own half: it watches the two processes that hear, and tells nothing twice."""
