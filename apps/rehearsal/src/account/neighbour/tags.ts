/** The application has tags of its own, and a Project of its own: its cost is not ours. */
export const NEIGHBOUR_TAGS = { Project: 'Shop', Team: 'shop', ManagedBy: 'SST' };

/** The same in the form that most services take. */
export const NEIGHBOUR_TAG_LIST = Object.entries(NEIGHBOUR_TAGS).map(([Key, Value]) => ({ Key, Value }));
