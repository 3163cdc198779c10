"""Parquet files, in and out: the one home of pyarrow, which the extra `analytics` installs."""
