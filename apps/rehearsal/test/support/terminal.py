# Runs a command on a terminal of its own. What this process reads is typed there, Ctrl-C included; the terminal reports
# 0 columns until somebody sets them, like that of some CI runners.
import os
import pty
import sys

sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
