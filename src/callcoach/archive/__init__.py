"""The store: the journal of calls, and the formats in which transcripts come and go."""
