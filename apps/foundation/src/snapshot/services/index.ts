import type { Service } from '../kind';
import { buckets } from './buckets';
import { budgets } from './budgets';
import { connections } from './connections';
import { databases } from './databases';
import { distributions } from './distributions';
import { functions } from './functions';
import { iam } from './iam';
import { monitoring } from './monitoring';
import { network } from './network';
import { securityGroups } from './security-groups';
import { tags } from './tags';
import { topics } from './topics';

/** What a snapshot asks. */
export const SERVICES: readonly Service[] = [
  network,
  securityGroups,
  connections,
  functions,
  iam,
  buckets,
  distributions,
  databases,
  budgets,
  monitoring,
  topics,
  tags,
];
