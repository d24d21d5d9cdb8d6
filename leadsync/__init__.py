"""leadsync: sends a CRM export to KeenPartner, one `update_lead` per row, with an answer for every row.

From Python: `sync` and `sync_async` send a source by a mapping and give a `Result`, `check` tells whether one can be
sent, `load_mapping` reads a mapping. They do what the commands of the same names do, without a console. What they
raise on purpose is a `LeadsyncError`.
"""

import sys
from importlib import import_module
from types import ModuleType

from leadsync.version import __version__

__all__ = [
    "CheckResult",
    "Code",
    "LeadsyncError",
    "Mapping",
    "MappingError",
    "Outcome",
    "Progress",
    "Result",
    "SettingsError",
    "SetupError",
    "SourceError",
    "StateError",
    "StateHeldError",
    "Status",
    "StopRunError",
    "Summary",
    "__version__",
    "check",
    "load_mapping",
    "sync",
    "sync_async",
]


class _Sync:
    """The function `sync`, which has its name in common with the room `leadsync/sync/`.

    Whatever imports a module of the room, Python binds the room to that name, and this lets the binding go; `from
    leadsync.sync.run import run` finds the room all the same. Anything else that is set stays, such as the stand-in
    of a test.
    """

    def __get__(self, front: ModuleType, kind: type) -> object:
        return vars(front).get("sync") or import_module("leadsync.library").sync

    def __set__(self, front: ModuleType, value: object) -> None:
        if value is not sys.modules.get("leadsync.sync"):
            vars(front)["sync"] = value

    def __delete__(self, front: ModuleType) -> None:
        vars(front).pop("sync", None)


class _Front(ModuleType):
    """This module, which loads what it offers when that is first asked for: the command line begins with it."""

    sync = _Sync()

    def __getattr__(self, name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'leadsync' has no attribute {name!r}", name=name, obj=self)
        return getattr(import_module("leadsync.library"), name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Front
