/** The application has tags of its own, and a Project of its own: its cost is not ours. */
export const APPLICATION_TAGS = { Project: 'Shop', Team: 'shop', ManagedBy: 'SST' };

/** The same in the form that most services take. */
export const APPLICATION_TAG_LIST = Object.entries(APPLICATION_TAGS).map(([Key, Value]) => ({ Key, Value }));
