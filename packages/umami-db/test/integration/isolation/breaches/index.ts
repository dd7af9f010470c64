import type { Breach } from '../breach';
import { creation, databases } from './creation';
import { foreignData, functions, futureObjects, largeObjects, sequences } from './objects';
import { interference, roles } from './roles';
import { replication, serverFiles, serverSettings, sessions, systemObjects } from './server';
import { tables } from './tables';

/** By the name of the attack family. */
export const breaches: { readonly [family: string]: readonly Breach[] } = {
  tables,
  sequences,
  functions,
  'large objects': largeObjects,
  'future objects': futureObjects,
  creation,
  databases,
  roles,
  sessions,
  'system objects': systemObjects,
  'server files': serverFiles,
  'server settings': serverSettings,
  'foreign data': foreignData,
  replication,
  interference,
};
