import type { MakeSources } from '../source';
import { activitySources } from './activity';
import { databaseSources } from './database';
import { statementSources } from './statements';
import { storageSources } from './storage';
import { tableSources } from './tables';

/** Everything that is read of PostgreSQL within the window. */
export const allSources: MakeSources = (server) =>
  [databaseSources, tableSources, activitySources, storageSources, statementSources].flatMap((make) => make(server));
