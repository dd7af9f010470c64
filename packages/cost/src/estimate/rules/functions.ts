import type { Rules } from '../resource';

const DEFAULT_MEMORY = 128;
const SECONDS = 10;

/** What functions, secrets, keys and parameters cost. */
export const FUNCTION_RULES: Rules = {
  'AWS::Lambda::Function': ({ MemorySize }, { functionCalls }) => {
    const gigabytes = (typeof MemorySize === 'number' ? MemorySize : DEFAULT_MEMORY) / 1024;
    return [
      { price: 'lambda.call', quantity: functionCalls, assumption: 'deployments and schedules' },
      { price: 'lambda.gbs', quantity: functionCalls * SECONDS * gigabytes, assumption: `${SECONDS} seconds a call` },
    ];
  },
  'AWS::SecretsManager::Secret': () => [
    { price: 'secret', quantity: 1, assumption: 'all the time' },
    { price: 'secret.call', quantity: 1_000, assumption: 'starts of tasks' },
  ],
  // An advanced one is billed, and nobody here needs it.
  'AWS::SSM::Parameter': ({ Tier = 'Standard' }) => (Tier === 'Standard' ? [] : undefined),
  'AWS::KMS::Key': () => [
    { price: 'kms.key', quantity: 1, assumption: 'all the time' },
    { price: 'kms.call', quantity: 1_000, assumption: 'a few uses a day' },
  ],
};
