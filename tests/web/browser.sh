# shellcheck shell=sh
# browser.sh - sourced by the tests that drive Chromium: their language, paths and a folder to work in; finds the browser and node, and installs what package-lock.json names
# (puppeteer-core drives, axe-core looks for barriers) once into a folder outside the tree, $BEHOV_WEB_NPM. Exit 77
# (skipped) with the reason where something is missing.
export LC_ALL=C.UTF-8
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
for tool in chromium node npm; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: $tool is not installed"
        exit 77
    fi
done
lock=$(sha256sum "$here/package-lock.json" | cut -c1-16)
packages=${BEHOV_WEB_NPM:-${HOME:-/tmp}/.cache/behov-web-npm}/$lock
if [ ! -e "$packages/complete" ]; then
    # Tests run beside each other: each makes a folder of its own, and the first that is whole is kept.
    made=$packages.$$
    mkdir -p "$made"
    cp "$here/package.json" "$here/package-lock.json" "$made"
    if ! (cd "$made" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
        tail -n 5 "$made/npm.log"
        rm -rf "$made"
        echo "skipped: npm could not fetch puppeteer-core and axe-core"
        exit 77
    fi
    : >"$made/complete"
    [ -e "$packages/complete" ] || rm -rf "$packages"
    mv -T "$made" "$packages" 2>/dev/null || rm -rf "$made"
fi
NODE_PATH=$packages/node_modules
export NODE_PATH

# A path as it is from any folder.
absolute() {
    case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
    esac
}
# Into a folder of the test's own, which is removed at the end.
begin_work() {
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cd "$work" || exit 1
}
