import type { MakeSources } from '../source';
import { activitySources } from './activity';
import { databaseSources } from './database';
import { statementSources } from './statements';
import { storageSources } from './storage';
import { tableSources } from './tables';

export const allSources: MakeSources = (server) =>
  [databaseSources, tableSources, activitySources, storageSources, statementSources].flatMap((make) => make(server));
