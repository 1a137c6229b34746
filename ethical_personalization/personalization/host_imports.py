"""A library of wagtail-personalisation that is loaded when it is used, not when a worker starts."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec

#: Compiles a thousand patterns for browsers: a tenth of what the start of a worker takes. With us
#: nobody asks it, because the rule about devices is translated; whoever does gets it all the same.
_PACKAGE, _DEAR = "ua_parser", "user_agent_parser"


def delay() -> None:
    """Call it before wagtail-personalisation is imported; changes nothing once it was."""
    name = f"{_PACKAGE}.{_DEAR}"
    if name in sys.modules:
        return
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    # As the attribute of its package it is found without a look into it, which would load it.
    setattr(sys.modules[_PACKAGE], _DEAR, module)
