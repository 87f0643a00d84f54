"""An add-on and the framework it needs, seen as one alternative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from framework_picker.domain.model import Alternative, Capability
from framework_picker.domain.value_functions import capability_worth


def laid_over(
    base: Alternative, addon: Alternative, capability_value: Mapping[str, float]
) -> Alternative:
    """The add-on with everything it takes from its base.

    Of two facts the add-on's own wins. Of two capabilities the one worth more on the capability
    table wins; at equal worth the add-on's own. Community series stay the base's, because whoever
    chooses the add-on chooses the base too. Limits and users of both are kept.

    Derive facts after this, not before: a derived fact of the base would pass for a written one.
    """
    capabilities: dict[str, Capability] = dict(base.capabilities)
    for key, own in addon.capabilities.items():
        inherited = capabilities.get(key)
        if inherited is None or capability_worth(own, capability_value) >= capability_worth(
            inherited, capability_value
        ):
            capabilities[key] = own
    return replace(
        addon,
        name=f"{base.name} with {addon.name}",
        language=addon.language or base.language,
        facts=dict(sorted({**base.facts, **addon.facts}.items())),
        capabilities=dict(sorted(capabilities.items())),
        series=base.series,
        production_users=(*addon.production_users, *base.production_users),
        limits=(*addon.limits, *base.limits),
        extends=base.slug,
    )
