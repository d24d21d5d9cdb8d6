"""The way through: load -> translate -> decide -> send -> journal -> report.

`job` says what to do, `prepare` opens it, `run` does it (and `check` all of it that needs no Keen). Import from the
modules: a check need not wait for the network library, nor a run for the sandbox.
"""
