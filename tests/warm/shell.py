"""The command line for a shell: `python -IS shell.py PLACE ARGUMENTS` has the mother at PLACE run it (see `mother`)."""

import json
import os
import socket
import struct
import sys

with socket.socket(socket.AF_UNIX) as mother:
    mother.connect(sys.argv[1])
    order = {
        "arguments": sys.argv[2:],
        "folder": os.getcwd(),  # noqa: PTH109 -- a start must be quick, and pathlib is large
        "environment": dict(os.environ),
        "umask": None,
        "closed": [],
        "script": None,
        "seconds": 120,
    }
    socket.send_fds(mother, [b" "], [0, 1, 2])
    mother.sendall(json.dumps(order).encode())
    mother.shutdown(socket.SHUT_WR)
    told = mother.recv(8, socket.MSG_WAITALL)
code = struct.unpack("ii", told)[1]
sys.exit(code if code >= 0 else 128 - code)
