import type { Family } from './family';
import { functions } from './functions';
import { futureObjects } from './future-objects';
import { sequences } from './sequences';
import { tables } from './tables';

/** What can be tried in a read-only transaction. */
export const families: readonly Family[] = [tables(), sequences(), functions(), futureObjects()];
