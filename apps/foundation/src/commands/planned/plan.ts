import { estimate, PRICE_TABLE, SMALL_SITE } from '@user-metrics/cost/estimate';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { DeployedStacks } from '../../account/deployed-stacks';
import type { Account } from '../../config';
import { STAGE_CONCERNS, stageStackName } from '../../stacks/stack-names';
import type { ChosenStage, SynthesisedStage } from '../assembly/synthesise';
import { existingChanges } from './existing-resources';
import { personsWork } from './persons-work';
import type { Plan } from './plan-schema';

/** Compares the templates that are deployed with those that would be; asks for templates alone. */
export async function planOf(target: ChosenStage & SynthesisedStage): Promise<Plan> {
  const { foundation, account, region } = target;
  const { cost } = foundation.accounts[account] as Account;
  const next = new CloudAssembly(target.assembly).stacks.map(({ stackName, template, environment }) => ({
    name: stackName,
    template,
    region: environment.region,
  }));
  const others = Object.entries(foundation.stages)
    .filter(([name, stage]) => stage.account === account && name !== target.stage)
    .flatMap(([name, stage]) =>
      STAGE_CONCERNS.map((concern) => ({ name: stageStackName(name, concern), region: stage.region })),
    );
  const find = async ({ name, region }: { readonly name: string; readonly region: string }) => ({
    name,
    region,
    template: await new DeployedStacks({ region }).template(name),
  });
  const deployed = await Promise.all([...next, ...others].map(find));
  const exists = deployed.flatMap(({ template, ...which }) => (template === undefined ? [] : [{ ...which, template }]));
  const before = new Map(exists.map(({ name, template }) => [name, template]));
  const staying = exists.filter(({ name }) => !next.some((stack) => stack.name === name));
  const priced = (stacks: Parameters<typeof estimate>[0]) =>
    estimate(stacks, { region, acceptOtherRegion: true, usage: SMALL_SITE }).total;
  return {
    existingResources: next.flatMap(({ name, template }) => existingChanges(name, before.get(name) ?? {}, template)),
    price: { now: priced(exists), afterwards: priced([...staying, ...next]), limit: cost.limit },
    persons: personsWork(next.map(({ name, template }) => ({ name, before: before.get(name) ?? {}, after: template }))),
  };
}

/** The plan for reading. */
export function planInWords({ account, region }: ChosenStage, { existingResources, price, persons }: Plan): string[] {
  const dollars = (usd: number) => `$${usd.toFixed(2)}`;
  const pricesOf = region === PRICE_TABLE.region ? '' : `, at the prices of ${PRICE_TABLE.region}`;
  const overLimit =
    price.afterwards > price.limit ? ' That is more than the limit: raise cost.limit, or see estimate.' : '';
  return [
    existingResources.length === 0
      ? 'No existing resource outside of these stacks changes.'
      : 'Existing resources outside of these stacks:',
    ...existingResources.map(({ text }) => `  ${text}`),
    `Account ${account} costs about ${dollars(price.now)} a month now and ${dollars(price.afterwards)} afterwards; the limit is $${price.limit}${pricesOf}.${overLimit}`,
    ...(persons.length === 0 ? [] : ['Only a person can do this, after the deployment:']),
    ...persons.map((work) => `  ${work}`),
    '',
  ];
}
