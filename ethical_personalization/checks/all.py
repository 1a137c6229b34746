"""Every check of ours, by when Django asks it."""

from .cached_templates import check_cached_question
from .completeness import check_controllers, check_purposes
from .declarations import check_declarations, check_facts, check_rules
from .installation import (
    check_adapter,
    check_commands,
    check_gpc_statement,
    check_host_config,
    check_host_hooks,
    check_templates,
    check_urls,
)
from .ledger import check_guards
from .middleware import check_cache_middleware, check_middleware
from .segments import check_static_visit_counts
from .settings import (
    check_cookie_prefix,
    check_deployed_cookies,
    check_deployed_keys,
    check_deployed_proxy,
    check_names,
    check_shared_cache,
    check_values,
)

CHECKS = (
    check_middleware,
    check_cache_middleware,
    check_adapter,
    check_host_config,
    check_host_hooks,
    check_urls,
    check_gpc_statement,
    check_templates,
    check_cached_question,
    check_commands,
    check_declarations,
    check_facts,
    check_rules,
    check_names,
    check_shared_cache,
    check_values,
    check_cookie_prefix,
)
#: Asked with ``check --database default`` and before each ``migrate``.
DATABASE_CHECKS = (check_static_visit_counts, check_guards, check_controllers, check_purposes)
DEPLOYMENT_CHECKS = (check_deployed_cookies, check_deployed_keys, check_deployed_proxy)
