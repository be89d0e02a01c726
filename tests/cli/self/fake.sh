#!/bin/sh
# fake.sh - stands in for the program in the runner's own test: does what its first argument says.
verb=${1:-}
[ $# = 0 ] || shift
case $verb in
say) printf '%s\n' "$@" ;;
complain) printf 'behov: %s\n' "$@" >&2; exit 1 ;;
exit) exit "$1" ;;
copy) cat ;;
show) cat "$1" ;;
write) printf '%s\n' "$2" >"$1" ;;
remove) rm -f "$1" ;;
variable) eval "printf '%s\n' \"\${$1-unset}\"" ;;
crash) kill -SEGV $$ ;;
'') echo 'usage: fake'; exit 2 ;;
esac
