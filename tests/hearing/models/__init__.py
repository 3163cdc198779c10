"""Speech models: fetched from a server on this machine, unpacked, looked at and chosen."""
