import { creation } from './creation';
import { databases } from './databases';
import type { Family } from './family';
import { foreignData } from './foreign-data';
import { functions } from './functions';
import { futureObjects } from './future-objects';
import { interference } from './interference';
import { largeObjects } from './large-objects';
import { replication } from './replication';
import { roles } from './roles';
import { sequences } from './sequences';
import { serverFiles } from './server-files';
import { serverSettings } from './server-settings';
import { sessions } from './sessions';
import { systemObjects } from './system-objects';
import { tables } from './tables';

/** Everything that is tried. A family is a function, so that a bundle which only asks the catalog holds none of them. */
export const families: readonly Family[] = [
  tables(),
  sequences(),
  functions(),
  largeObjects(),
  futureObjects(),
  creation(),
  databases(),
  roles(),
  sessions(),
  systemObjects(),
  serverFiles(),
  serverSettings(),
  foreignData(),
  replication(),
  interference(),
];
