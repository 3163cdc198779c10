"""Pure text: what words are, how wide they are, where a line may break, which phrases occur."""
