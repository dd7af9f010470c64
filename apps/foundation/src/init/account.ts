import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { type Bootstrap, bootstrapCommand } from '../account/bootstrap';
import { email } from '../config/identifiers';
import { partitionOf } from '../config/partition';
import { pick } from './asking';
import type { Part, Search } from './given';
import { valuesAt } from './value';

/** The account: Region, bootstrap, addresses of the alerts. */
export async function accountPart(bootstrap: Bootstrap, search: Search): Promise<Part> {
  const { account, region, given, asking } = search;
  const emails = given.emails ?? [
    await asking.text('--email', 'Which e-mail address gets the alerts of the budget?', emailProblem),
  ];
  const qualifier = await qualifierOf(bootstrap, search);
  const isAws = partitionOf(region) === 'aws';
  const without = `budgets and cost reports are those of the partition aws, and ${region} is in ${partitionOf(region)}`;
  return {
    values: valuesAt(
      ['accounts', account],
      [
        ['region', region, '--region, AWS_REGION or the AWS profile'],
        ['bootstrap.qualifier', qualifier?.value, `ssm get-parameters-by-path /cdk-bootstrap: ${qualifier?.how}`],
        [
          'cost.emails',
          emails,
          `${given.emails ? '--email' : 'your answer'}: each address has to confirm a message from AWS`,
        ],
        ['cost.budget', isAws ? undefined : false, without],
        ['cost.reports', isAws ? undefined : false, without],
      ],
    ),
    toDo:
      bootstrap.version === undefined && qualifier === undefined
        ? [`Bootstrap the account: ${bootstrapCommand(search, DefaultStackSynthesizer.DEFAULT_QUALIFIER)}`]
        : [],
  };
}

/** What is wrong with an address. */
export function emailProblem(address: string): string | undefined {
  return email.safeParse(address).success ? undefined : 'It must be an e-mail address, such as platform@example.com.';
}

/** Another qualifier than the usual one, when the account is bootstrapped with it alone. */
async function qualifierOf({ version, otherQualifiers }: Bootstrap, { given, asking }: Search) {
  if (given.qualifier === undefined && (version !== undefined || otherQualifiers.length === 0)) return undefined;
  return pick(asking, {
    flag: '--qualifier',
    question: 'With which qualifier was the account bootstrapped for the CDK?',
    options: [...(version === undefined ? [] : [DefaultStackSynthesizer.DEFAULT_QUALIFIER]), ...otherQualifiers].map(
      (value) => ({ value }),
    ),
    given: given.qualifier,
  });
}
