"""One module per framework: the same inputs, chart and table, written as its documentation does."""
