import { relative } from 'node:path';
import { recordedClients } from '../../account/recorded-clients';
import { say, sayUnread } from '../../report/terminal';
import { databaseOfOthers } from '../../snapshot/database';
import { defaultFile, type SnapshotFile, writeWhole } from '../../snapshot/files';
import type { Snapshot } from '../../snapshot/schema';
import { takeSnapshot, unreadIn } from '../../snapshot/take';
import type { ChosenStage } from '../assembly/synthesise';

/** Takes a snapshot of what others have in the account of a stage, and writes it into a file. */
export async function writeSnapshot(
  { foundation, account, region, costRegion, stage }: ChosenStage,
  configFile: string,
  output?: string,
): Promise<SnapshotFile> {
  say(`Reading the existing resources of account ${account}, ${region} …`);
  const start = performance.now();
  const aws = recordedClients(region);
  const costAws = costRegion === region ? undefined : recordedClients(costRegion);
  const snapshot = await takeSnapshot({
    aws,
    costAws,
    foundation,
    account,
    region,
    stage,
    database: () => databaseOfOthers({ aws, stage }),
    now: new Date(),
  });
  const file = output ?? defaultFile(configFile, snapshot);
  writeWhole(file, `${JSON.stringify(snapshot, null, 2)}\n`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`Snapshot of ${countOf(snapshot)} resources: ${relative(process.cwd(), file)} (${seconds} s)`);
  sayUnread(unreadIn(snapshot));
  return { file, snapshot };
}

function countOf({ services }: Snapshot): number {
  const kinds = Object.values(services).flatMap((kinds) => Object.values(kinds));
  return kinds.reduce((sum, kind) => sum + ('$unknown' in kind ? 0 : Object.keys(kind).length), 0);
}
