"""The kept sound of a call, heard again by somebody who judges it."""
