import {
  deletionsOf,
  describeUnconfigured,
  regionsOf,
  type UnconfiguredStage,
  unconfiguredIn,
} from '../../account/deployed-stages';
import { type Check, unlessWrong, warning } from '../check';

/** No stage is deployed that the configuration does not have any more: AWS bills it. */
export const unconfiguredStages: Check<readonly UnconfiguredStage[]> = {
  id: 'stacks.unconfigured-stages',
  title: 'Every deployed stage is in the configuration',
  async observe({ awsIn, config: { foundation }, id: account }) {
    const found = regionsOf(foundation).map((region) =>
      unconfiguredIn(foundation, { account, region }, awsIn(region).cloudFormation),
    );
    return (await Promise.all(found)).flat();
  },
  evaluate(stages, { config: { foundation } }) {
    const ofOthers = stages.filter(({ project }) => project !== undefined);
    return unlessWrong(
      stages.flatMap((stage) =>
        stage.project === undefined ? warning(describeUnconfigured(stage), deletionsOf(stage).join(' && ')) : [],
      ),
      [`in ${regionsOf(foundation).join(', ')}`, ...ofOthers.map(describeUnconfigured)].join('. '),
    );
  },
};
