"""How MiniStack wants a CloudFormation type: a dict of functions in a table, by the name of the type."""

from ministack.services.cloudformation import provisioners, stacks

_TABLE = provisioners._RESOURCE_HANDLERS
_ON_WORKER_THREAD = set()
_runs_on_worker_thread = stacks._runs_on_worker_thread
# A handler that calls the emulator's API waits for the event loop, so it must not run on it.
stacks._runs_on_worker_thread = lambda rtype: rtype in _ON_WORKER_THREAD or _runs_on_worker_thread(rtype)


def add_type(item, rtype, create, delete, update=None, in_place=(), tags=None):
    """Adds a type.

    create(name, props) gives the physical id and the attributes, delete(id, props) removes it. A change of nothing but
    the properties `in_place` calls update(id, old, new); any other makes a new resource, and MiniStack deletes the old
    one after the update, or the new one when it rolls back. `tags` names the property that holds the tags.
    """
    attributes = {}

    def make(logical_id, props, stack):
        item.used()
        physical_id, found = create(f"{stack}-{logical_id}", without_reserved_tags(props, tags))
        attributes[physical_id] = found
        return physical_id, found

    def change(physical_id, old, new, stack, logical_id):
        if not changed(old, new) <= set(in_place):
            return make(logical_id, new, stack)
        update(physical_id, without_reserved_tags(old, tags), without_reserved_tags(new, tags))
        return physical_id, attributes.get(physical_id, {})

    _TABLE[rtype] = {"create": make, "update": change, "delete": delete, "update_with_logical_id": True}
    _ON_WORKER_THREAD.add(rtype)
    if tags:
        add_stack_tags(rtype, tags)


def add_stack_tags(rtype, tags="Tags"):
    """The tags of a stack reach this type, in its property `tags`."""
    provisioners._STACK_TAG_PROPERTY[rtype] = (tags, "list")


def after(rtype, apply):
    """Calls apply(physical id, properties, old properties) after MiniStack has created or updated a resource."""
    native = _TABLE[rtype]
    more = native.get("update_with_logical_id")

    def create(logical_id, props, stack):
        made = native["create"](logical_id, props, stack)
        apply(made[0], without_reserved_tags(props, "Tags"), {})
        return made

    def update(physical_id, old, new, stack, logical_id):
        made = native["update"](physical_id, old, new, stack, *([logical_id] if more else []))
        was_replaced = made[0] != physical_id
        apply(made[0], without_reserved_tags(new, "Tags"), {} if was_replaced else without_reserved_tags(old, "Tags"))
        return made

    _TABLE[rtype] = {**native, "create": create, "update": update, "update_with_logical_id": True}
    _ON_WORKER_THREAD.add(rtype)


def replace(rtype, **functions):
    """Wraps functions of a type: each is called with MiniStack's own one and its arguments."""
    native = _TABLE[rtype]

    def wrapped(function, original):
        return lambda *arguments: function(original, *arguments)

    _TABLE[rtype] = {**native, **{name: wrapped(function, native[name]) for name, function in functions.items()}}


def changed(old, new):
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def pick(props, *names):
    """The properties of these names that have a value."""
    return {name: props[name] for name in names if props.get(name) not in (None, "", [])}


def without(props, *names):
    return {name: value for name, value in props.items() if name not in names}


def tag_map(tags):
    return {tag["Key"]: str(tag["Value"]) for tag in tags or []}


def without_reserved_tags(props, tags):
    """The API refuses the tags that CloudFormation itself adds."""
    if not tags or tags not in props:
        return props
    return {**props, tags: [tag for tag in props[tags] if not tag["Key"].startswith("aws:")]}
