"""Reports: what calls came to in figures, as pages to read and as tables to reckon with."""
