import { mapBounded } from '../../account/bounded';
import { projectOf } from '../../account/stack-project';
import { type Check, failure, type PlannedStack, unlessWrong } from '../check';
import { stackStatuses } from './stack-states';

/** A stack that exists under a name that is planned, and the value of its tag Project. */
export interface ExistingStack extends Pick<PlannedStack, 'name' | 'region'> {
  readonly project?: string | undefined;
}

/** The stacks that a deployment would change are of this configuration, and not of another copy that shares the account. */
export const project: Check<readonly ExistingStack[]> = {
  id: 'stacks.project',
  title: 'No stack belongs to another project',
  async observe(stage) {
    const statuses = await stackStatuses(stage);
    const existing = stage.stacks.filter(({ name }) => statuses.has(name));
    return mapBounded(existing, async ({ name, region }) => {
      return { name, region, project: await projectOf(name, stage.awsIn(region).cloudFormation) };
    });
  },
  evaluate(existing, { config }) {
    const { project: own } = config.foundation.tags;
    // A stack whose creation failed may have no tags.
    const others = existing.filter((stack) => stack.project !== undefined && stack.project !== own);
    return unlessWrong(
      others.map((stack) =>
        failure(
          `${stack.name} in ${stack.region} belongs to project ${stack.project}, and the configuration is of ${own}`,
          'Rename the stage, or see docs/several-regions-and-applications.md. If only `project` was renamed, deploy once with --skip-preflight',
        ),
      ),
      `${existing.length} stacks of project ${own}`,
    );
  },
};
