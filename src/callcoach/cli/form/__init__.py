"""The commands about the forms that calls are judged by."""
