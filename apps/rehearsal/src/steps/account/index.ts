import type { RehearsalContext } from '../../context';
import type { Step } from '../step';
import { changeValue } from './change';
import { checkTags } from './check-tags';
import { bootstrapAccount, deploy, deployAgain, tryRolesAndFunctions } from './deploy';
import { copyRecordings, deployOverRetainedResources, destroy } from './destroy';
import { destroyWithData } from './destroy-with-data';
import { failMidDeployment } from './fail-mid-deployment';
import { createExistingApplication, startAws } from './open';
import { compareSnapshots, takeSnapshot } from './snapshots';
import { testAlert } from './test-alert';

/** A whole lifecycle in an account. */
export const ACCOUNT_STEPS: readonly Step[] = [
  { title: 'Start a local AWS', run: startAws },
  ...onlyWithAccount([
    { title: 'Create your application in it', run: createExistingApplication },
    { title: 'Bootstrap', run: bootstrapAccount },
    { title: 'Take a snapshot', run: takeSnapshot },
    { title: 'Deploy everything', run: deploy },
    { title: 'Try IAM roles and functions', run: tryRolesAndFunctions },
    { title: 'Check the tags', run: checkTags },
    { title: 'Deploy again, and send a test alert', run: together(deployAgain, testAlert) },
    { title: 'Change a value', run: changeValue },
    { title: 'Fail mid-deployment', run: failMidDeployment },
    { title: 'Destroy', run: destroy },
    { title: 'Deploy over the retained resources', run: deployOverRetainedResources },
    { title: 'Copy the kept recordings', run: copyRecordings },
    { title: 'Destroy with the data', run: destroyWithData },
    { title: 'Compare with the snapshot', run: compareSnapshots },
  ]),
];

function onlyWithAccount(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({ ...step, isSkipped: ({ localAws }: RehearsalContext) => localAws === undefined }));
}

/** What does not meet, at the same time. When one fails, the others end first: nothing they have started is left. */
function together(...runs: readonly Step['run'][]): Step['run'] {
  return async (context, onProgress) => {
    const done = await Promise.allSettled(runs.map((run) => run(context, onProgress)));
    const failed = done.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])).join('; ');
  };
}
