#!/bin/sh
# Runs a test under a display of its own: run-with-display.sh RENDERER PROGRAM [ARGUMENT]…
renderer=$1
shift
GSK_RENDERER=$renderer GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=1
export GSK_RENDERER GDK_BACKEND LIBGL_ALWAYS_SOFTWARE NO_AT_BRIDGE
# The driver compiles shaders: libgcc locks its table of frames and allocates, and a true unwinding of that allocation waits
# for the same lock for ever. Leaks are looked for with the other renderer, where stacks can be true.
if [ "$renderer" = gl ]; then
  ASAN_OPTIONS=fast_unwind_on_malloc=1:detect_leaks=0
  export ASAN_OPTIONS
fi
exec xvfb-run -a -s "-screen 0 1280x800x24 +extension GLX -nolisten tcp" "$@"
