import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the CDK CLI said of an update that failed in a local account, without most of its events. */
export const FAILED_UPDATE = readFileSync(join(__dirname, 'failed-update.txt'), 'utf8');
