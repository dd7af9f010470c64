import { mapBounded } from '../../account/bounded';
import { type AskedStage, type Check, failure, type PlannedStack, unlessWrong } from '../check';
import { NAMED_TYPES } from './names-in-use';
import { stackStatuses } from './stack-states';

/** A resource with a fixed name. */
export interface NamedResource {
  readonly stack: string;
  readonly region: string;
  readonly type: string;
  readonly name: string;
}

export interface ObservedNames {
  readonly planned: readonly NamedResource[];
  /** Of these, the ones whose name is in use, and not by the stack itself. */
  readonly taken: readonly NamedResource[];
}

/** No name that the stacks give is in use by somebody else: CloudFormation refuses to create such a resource. */
export const names: Check<ObservedNames> = {
  id: 'stacks.names',
  title: 'The names that the stacks give are free',
  async observe(stage) {
    const planned = stage.stacks.flatMap(namesIn);
    const groups = [...new Set(planned.map(({ type, region }) => `${type} ${region}`))];
    const taken = await mapBounded(groups, async (group) => {
      const ofGroup = planned.filter(({ type, region }) => group === `${type} ${region}`);
      const [{ type = '', region = '' } = {}] = ofGroup;
      const wanted = ofGroup.map(({ name }) => name);
      const inUse = await NAMED_TYPES[type]?.inUse(stage.awsIn(region), wanted);
      return ofGroup.filter(({ name }) => inUse?.includes(name));
    });
    const own = await ownNames(stage, taken.flat());
    return { planned, taken: taken.flat().filter(({ stack, name }) => !own.has(`${stack} ${name}`)) };
  },
  evaluate({ planned, taken }) {
    return unlessWrong(
      taken.map(({ stack, region, type, name }) =>
        failure(
          `${type} ${name} exists, and not in ${stack}`,
          `See whose it is, and delete it: aws ${NAMED_TYPES[type]?.show(name)} --region ${region}`,
        ),
      ),
      `${planned.length} names`,
    );
  },
};

function namesIn({ name: stack, region, template }: PlannedStack): NamedResource[] {
  return Object.values(template.Resources ?? {}).flatMap(({ Type: type, Properties = {} }) => {
    const name = Properties[NAMED_TYPES[type]?.property ?? ''];
    return typeof name === 'string' ? [{ stack, region, type, name }] : [];
  });
}

/** What the stacks have already, each `<stack> <physical id>`. */
async function ownNames(stage: AskedStage, taken: readonly NamedResource[]): Promise<Set<string>> {
  if (taken.length === 0) return new Set();
  const statuses = await stackStatuses(stage);
  const deployed = new Map(taken.map(({ stack, region }) => [stack, region]));
  const found = await mapBounded([...deployed], async ([StackName, region]) => {
    if (!statuses.has(StackName)) return [];
    const { StackResources = [] } = await stage.awsIn(region).cloudFormation.describeStackResources({ StackName });
    return StackResources.map(({ PhysicalResourceId: id = '' }) => `${StackName} ${id}`);
  });
  return new Set(found.flat());
}
