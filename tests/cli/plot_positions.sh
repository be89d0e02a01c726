#!/bin/sh
# plot_positions.sh - the marks of pictures against the figures of tables, see plot_positions.py.
exec python3 "$BEHOV_SOURCE/tests/cli/plot_positions.py"
