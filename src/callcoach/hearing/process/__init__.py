"""Children: programs of ours that may crash or hang, and the pipes to them."""
