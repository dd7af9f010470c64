import { CONTRACT, contractPath } from '@user-metrics/sst/contract';
import { REQUIRED_TAG_KEYS } from '@user-metrics/tagging/schema';
import { publishedParameters } from '../published';
import { type AccountCheck, differencesOf } from './account-check';

/** `1.1.AC7`: the parameters are exactly those that the contract lists. */
export const contract: AccountCheck = {
  id: '1.1.AC7',
  async look(account) {
    const parameters = await publishedParameters(account);
    const path = contractPath(account.stage);
    const found = parameters.map(({ Name = '', Type }) => `${Name.slice(path.length + 1)} (${Type})`);
    const expected = Object.entries(CONTRACT).map(([name, { type }]) => `${name} (${type})`);
    const empty = parameters.filter(({ Value }) => !Value).map(({ Name }) => `${Name} is empty`);
    const tags = JSON.parse(parameters.find(({ Name }) => Name === `${path}/tags`)?.Value ?? '{}');
    const untold = REQUIRED_TAG_KEYS.filter((key) => !tags[key]).map((key) => `the published tags lack ${key}`);
    return {
      wrong: [...differencesOf(path, found, expected), ...empty, ...untold],
      evidence: `${found.length} parameters below ${path}`,
    };
  },
};
