import { stackResources } from '@user-metrics/foundation/account';
import type { CheckId } from '../../report/check';
import type { Account } from '../account';
import { type ApplicationDescription, changesOf, describePart } from '../existing-application/describe';
import { FRONTEND_BUCKET, FRONTEND_OBJECTS } from '../existing-application/frontend';
import { APPLICATION_FUNCTIONS } from '../existing-application/functions';
import { clientsAs } from '../rights/assume-role';
import type { AccountCheck } from './account-check';
import { applicationSchema, applicationWork } from './database-application';

/** The application is as it was, in one respect: nothing of it is gone, new or changed. */
function unchanged(id: CheckId, part: keyof ApplicationDescription): AccountCheck {
  return {
    id,
    async run(account) {
      const { aws, id: accountId, existingApplication } = account;
      const now = await describePart(part, {
        aws,
        accountId,
        existingApplication,
        approved: await approvedChanges(account),
      });
      const before = account.before[part];
      return { wrong: changesOf(before, now), evidence: `${Object.keys(before).length} descriptions compared` };
    },
  };
}

/** Changes of the application's network that the configuration approves: rules, routes and a CIDR block of the foundation's stacks. */
async function approvedChanges(account: Account): Promise<ReadonlySet<string>> {
  const types = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::VPCPeeringConnection', 'AWS::EC2::VPCCidrBlock'];
  const ours = (await stackResources(account)).filter(({ type }) => types.includes(type));
  return new Set(ours.map(({ physicalId }) => physicalId));
}

/** `1.1.IV2`: the functions are as they were, and each gets an answer from the database. */
const functionsAnswer: AccountCheck = {
  id: '1.1.IV2',
  async run(account) {
    const { wrong } = await unchanged('1.1.IV2', 'functions').run(account);
    const answers: string[] = [];
    const failures: string[] = [];
    for (const name of Object.keys(APPLICATION_FUNCTIONS)) {
      const { FunctionError, Payload } = await account.aws.lambda.invoke({ FunctionName: name });
      const text = Payload?.transformToString() ?? '';
      if (FunctionError) failures.push(`${name} fails: ${text}`);
      else answers.push(`${name} answers ${JSON.parse(text).value}`);
    }
    return { wrong: [...wrong, ...failures], evidence: answers.join(', ') };
  },
};

/** `1.3.IV3`: the application's role does with its objects what it did before. */
const objectAccess: AccountCheck = {
  id: '1.3.IV3',
  async run(account) {
    const { s3 } = await clientsAs(account, 'shop-functions');
    const Bucket = FRONTEND_BUCKET;
    const texts: { [key: string]: string | undefined } = {};
    for (const Key of Object.keys(FRONTEND_OBJECTS))
      texts[Key] = await s3
        .getObject({ Bucket, Key })
        .then(({ Body }) => Body?.transformToString())
        .catch(({ message }: Error) => message);
    const Key = 'uploads/receipt.txt';
    const refusal = await s3
      .putObject({ Bucket, Key, Body: 'receipt' })
      .then(() => s3.deleteObject({ Bucket, Key }))
      .then(
        () => undefined,
        ({ message }: Error) => `${Key} cannot be written: ${message}`,
      );
    const wrong = [...wrongObjects(texts), ...(refusal === undefined ? [] : [refusal])];
    return { wrong, evidence: `${Object.keys(FRONTEND_OBJECTS).length} objects read, one written and deleted` };
  },
};

/** Objects that do not read as before; an object that cannot be read has the error in place of its text. */
export function wrongObjects(texts: { readonly [key: string]: string | undefined }): string[] {
  return Object.entries(FRONTEND_OBJECTS).flatMap(([key, expected]) =>
    texts[key] === expected ? [] : [`${key} reads ${texts[key]}`],
  );
}

/** Checks that run after every phase. */
export const existingApplicationChecks: readonly AccountCheck[] = [
  unchanged('1.1.IV1', 'network'),
  functionsAnswer,
  applicationSchema,
  applicationWork,
  unchanged('1.3.IV1', 'bucket'),
  unchanged('1.3.IV2', 'distribution'),
  objectAccess,
  unchanged('1.4.IV1', 'billing'),
  unchanged('1.4.IV2', 'tags'),
];
