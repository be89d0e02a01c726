#!/bin/sh
# terminal.sh - pages on a terminal are as wide as it is, and lose nothing; elsewhere their bytes do not depend on it.
set -eu
exec python3 "$(dirname "$0")/terminal.py" "$BEHOV_PROGRAM"
