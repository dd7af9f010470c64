import { CONTRACT, contractPath } from '@user-metrics/sst/contract';
import { REQUIRED_TAG_KEYS } from '@user-metrics/tagging/schema';
import { publishedParameters } from '../../account/published';
import { type Criterion, differencesOf } from '../criterion';

/** A parameter below the path of the stage. */
export interface ObservedParameter {
  readonly name: string;
  readonly type?: string | undefined;
  readonly value?: string | undefined;
}

/** `1.1.AC7`: the parameters are exactly those that the contract lists. */
export const publishedValues: Criterion<readonly ObservedParameter[]> = {
  id: '1.1.AC7',
  async observe(deployed) {
    const parameters = await publishedParameters(deployed);
    return parameters.map(({ Name: name = '', Type: type, Value: value }) => ({ name, type, value }));
  },
  evaluate(parameters, { stage }) {
    const path = contractPath(stage);
    const found = parameters.map(({ name, type }) => `${name.slice(path.length + 1)} (${type})`);
    const expected = Object.entries(CONTRACT).map(([name, { type }]) => `${name} (${type})`);
    const empty = parameters.filter(({ value }) => !value).map(({ name }) => `${name} is empty`);
    const tags = JSON.parse(parameters.find(({ name }) => name === `${path}/tags`)?.value || '{}');
    const absent = REQUIRED_TAG_KEYS.filter((key) => !tags[key]).map((key) => `the published tags lack ${key}`);
    return {
      wrong: [...differencesOf(path, found, expected), ...empty, ...absent],
      evidence: `${found.length} parameters below ${path}`,
    };
  },
};
