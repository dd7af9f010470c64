import {
  type Bootstrap,
  bootstrapCommand,
  notBootstrapped,
  otherQualifierInstead,
  readBootstrap,
} from '../../account/bootstrap';
import { type Check, failure, type Outcome, type PlannedStage, unlessWrong } from '../check';

/** How each Region of the stacks is bootstrapped. */
export type ObservedBootstraps = readonly (Bootstrap & { readonly region: string })[];

/** The account is bootstrapped with the qualifier, in a version that the stacks accept, in every Region of theirs. */
export const bootstrap: Check<ObservedBootstraps> = {
  id: 'account.bootstrap',
  title: 'The account is bootstrapped for the CDK',
  observe({ awsIn, qualifier, ...planned }) {
    return Promise.all(
      regionsOf(planned).map(async (region) => ({ region, ...(await readBootstrap(awsIn(region).ssm, qualifier)) })),
    );
  },
  evaluate(bootstraps, { id: account, qualifier, stacks }) {
    const wrong = bootstraps.flatMap(({ region, version, otherQualifiers: others }): Outcome[] => {
      const place = { account, region };
      const command = bootstrapCommand(place, qualifier);
      if (version === undefined) {
        const says = notBootstrapped(place, qualifier);
        if (others.length === 0) return [failure(says, command)];
        return [failure(`${says} It is with ${others.join(', ')}`, otherQualifierInstead(place, others))];
      }
      const needed = stacks.filter((stack) => stack.region === region).map((stack) => stack.bootstrapVersion);
      if (version >= Math.max(...needed)) return [];
      const says = `The bootstrap stack in ${region} has version ${version}, and the stacks need ${Math.max(...needed)}`;
      return [failure(says, command)];
    });
    const versions = bootstraps.map(({ region, version }) => `version ${version} in ${region}`);
    return unlessWrong(wrong, `qualifier ${qualifier}, ${versions.join(', ')}`);
  },
};

function regionsOf({ stacks }: Pick<PlannedStage, 'stacks'>): string[] {
  return [...new Set(stacks.map(({ region }) => region))];
}
