#!/bin/sh
# install.sh FOLDER - run by `meson install`: behov.html, where it was built, into FOLDER of the prefix.
set -eu
page=$MESON_BUILD_ROOT/web/behov.html
[ -f "$page" ] || exit 0
mkdir -p "$MESON_INSTALL_DESTDIR_PREFIX/$1"
cp "$page" "$MESON_INSTALL_DESTDIR_PREFIX/$1/behov.html"
chmod 644 "$MESON_INSTALL_DESTDIR_PREFIX/$1/behov.html"
