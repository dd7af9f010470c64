import { nameInArn, published } from '@user-metrics/foundation/account';
import { rightsCheck } from './attempts';
import { readAdminSecret, refusedToAll } from './refused-to-all';

export const taskExecution = rightsCheck('rights.task-execution', async (account) => {
  const SecretId = await published(account, 'database/secret-arn');
  return {
    roleName: nameInArn(await published(account, 'access/task-execution-role-arn')),
    may: [["read Umami's secret", ({ secretsManager }) => secretsManager.getSecretValue({ SecretId })]],
    mayNot: [
      ["change Umami's secret", ({ secretsManager }) => secretsManager.putSecretValue({ SecretId, SecretString: '' })],
      readAdminSecret(account),
      [
        "write to the application's logs",
        ({ logs }) => logs.createLogStream({ logGroupName: '/aws/lambda/shop-customers', logStreamName: 'x' }),
      ],
      ...refusedToAll(account),
    ],
  };
});
