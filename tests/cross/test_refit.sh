#!/bin/sh
# test_refit.sh PROGRAM - from published files to a fit in one call: see refit_end_to_end.py.
set -eu
if [ "${BEHOV_CURL:-yes}" = no ]; then
    echo "skipped: the build has no libcurl"
    exit 77
fi
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import numpy' 2>/dev/null; then
        exec "$python" "$BEHOV_SOURCE/tests/cross/refit_end_to_end.py" "$1"
    fi
done
echo "skipped: python3 with numpy is not there"
exit 77
