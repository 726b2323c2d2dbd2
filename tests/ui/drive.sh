#!/bin/sh
# Runs the driven test of the whole program on a display and a bus of its own:
# drive.sh RENDERER SCRIPT EMEND EMENDCTL
GSK_RENDERER=$1
shift
unset NO_AT_BRIDGE GTK_A11Y G_DEBUG
GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 GSETTINGS_BACKEND=keyfile
export GSK_RENDERER GDK_BACKEND LIBGL_ALWAYS_SOFTWARE GSETTINGS_BACKEND
exec xvfb-run -a -s "-screen 0 1280x800x24 +extension GLX -nolisten tcp" dbus-run-session -- sh -c '
  openbox >/dev/null 2>&1 &
  wm=$!
  /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
  bus=$!
  /usr/bin/python3 "$@"
  status=$?
  kill $wm $bus
  exit $status' sh "$@"
