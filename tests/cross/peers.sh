#!/bin/sh
# peers.sh [--install | --check] - correct digits of behov and of its neighbours on panel S: makes peers.md.
# --install installs the neighbours that are missing; --check runs behov alone and holds the page against it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
here=$root/tests/cross
packages='r-base-core r-cran-sandwich r-cran-lmtest r-cran-clubsandwich r-cran-estimatr python3-statsmodels gretl'
install=no
check=no
case ${1-} in
'') ;;
--install) install=yes ;;
--check) check=yes ;;
*) sed -n '2,3s/^# //p' "$0"; exit 2 ;;
esac

reference=${BEHOV_SHARED:-$root/../shared}/reference
program=${BEHOV_PROGRAM:-$root/build/cli/behov}
[ -f "$reference/panel_S_exact.json" ] || {
    echo "skipped: $reference is not there; set BEHOV_SHARED to the folder that holds it"
    exit 77
}
[ -x "$program" ] || { echo "peers: $program is not there; build it first (sh cli/quickstart.sh)"; exit 1; }
if [ "$check" = yes ]; then
    command -v python3 >/dev/null || { echo 'skipped: needs python3'; exit 77; }
    exec python3 "$here/peers.py" --program "$program" --reference "$reference" --check "$here/peers.md"
fi

python=/usr/bin/python3 # Debian's, where python3-statsmodels is
are_there() {
    Rscript -e 'library(sandwich); library(lmtest); library(clubSandwich); library(estimatr)' >/dev/null 2>&1 &&
        "$python" -c 'import statsmodels.api' 2>/dev/null && command -v gretlcli >/dev/null
}
if ! are_there; then
    [ "$install" = yes ] || {
        echo "peers: not all neighbours are there; Debian: $packages"
        echo 'peers: sh tests/cross/peers.sh --install installs them'
        exit 77
    }
    # shellcheck source=cli/setup.sh
    . "$root/cli/setup.sh"
    as_root apt-get update >/dev/null
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $packages >/dev/null
    are_there || { echo "peers: some of $packages are not there after installing"; exit 1; }
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
Rscript "$here/peers.R" "$reference/panel_S.csv" >"$folder/r"
"$python" "$here/peers_statsmodels.py" "$reference/panel_S.csv" >"$folder/statsmodels"
PANEL=$reference/panel_S.csv gretlcli -b "$here/peers_gretl.inp" >"$folder/gretl"
"$python" "$here/peers.py" --program "$program" --reference "$reference" --page "$here/peers.md" \
    --figures "$folder/r" "$folder/statsmodels" "$folder/gretl" \
    --version "$(gretlcli --version | head -n 1)"
