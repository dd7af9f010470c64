import type { Account } from '../account';
import { FRONTEND_BUCKET } from '../existing-application/frontend';
import type { Attempt } from './attempts';

/** What no role of ours is for: the application's things, and rights themselves. */
export function refusedToAll({ existingApplication, id }: Account): Attempt[] {
  return [
    ["read an object of the application's", ({ s3 }) => s3.getObject({ Bucket: FRONTEND_BUCKET, Key: 'index.html' })],
    ["delete an object of the application's", ({ s3 }) => s3.deleteObject({ Bucket: FRONTEND_BUCKET, Key: 'x' })],
    [
      'change the admin secret',
      ({ secretsManager }) =>
        secretsManager.putSecretValue({ SecretId: existingApplication.database.adminSecretArn, SecretString: '{}' }),
    ],
    ["call the application's function", ({ lambda }) => lambda.invoke({ FunctionName: 'shop-customers' })],
    ['list roles', ({ iam }) => iam.listRoles({})],
    [
      'assume another role',
      ({ sts }) => sts.assumeRole({ RoleArn: `arn:aws:iam::${id}:role/shop-functions`, RoleSessionName: 'x' }),
    ],
    ['delete a budget', ({ budgets }) => budgets.deleteBudget({ AccountId: id, BudgetName: 'shop' })],
  ];
}

/** Reading the administrator's secret is for the database function alone. */
export function readAdminSecret({ existingApplication }: Account): Attempt {
  return [
    'read the admin secret',
    ({ secretsManager }) => secretsManager.getSecretValue({ SecretId: existingApplication.database.adminSecretArn }),
  ];
}
