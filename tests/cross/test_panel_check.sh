#!/bin/sh
# test_panel_check.sh PROGRAM - faults planted into simulated panels, and clean ones: see panel_check_faults.py.
set -eu
if ! command -v python3 >/dev/null; then
    echo "skipped: python3 is not there"
    exit 77
fi
python3 "$BEHOV_SOURCE/tests/cross/panel_check_faults.py" "$1" "$BEHOV_SOURCE/datasets/simulated/panel.csv"
