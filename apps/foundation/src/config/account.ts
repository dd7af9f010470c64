import { defaultLowerMark, LEAST_LIMIT } from '@user-metrics/cost';
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { z } from 'zod';
import { costRegionOf, requireCostRegion } from './cost-region';
import { across, expectation, list, number, object, pattern, toggle } from './expectations';
import { email, regionName } from './identifiers';

const AMOUNT = `must be a number of USD, ${LEAST_LIMIT} or more`;

const cost = across(
  object(
    {
      /** USD a month. @default 150 */
      limit: number(AMOUNT, 'Give what may be spent in a month, such as 150', (usd) => usd >= LEAST_LIMIT).default(150),
      /** Percentages of the limit at which the actual cost alerts. @default [80, 100] */
      thresholds: list(
        number('must be a percentage above 0', 'Give for example 80', (percentage) => percentage > 0),
        'must be 1 to 8 percentages',
        'Give for example [80, 100]',
        { min: 1, max: 8 },
      )
        .refine(
          (percentages) =>
            percentages.every((percentage, index) => index === 0 || percentage > (percentages[index - 1] ?? 0)),
          { error: expectation('must be percentages that rise', 'Put them in order, each once, such as [80, 100]') },
        )
        .default([80, 100]),
      /** A mark below the limit, in USD, that is worth a message. @default 100, or two thirds of a limit that is not above that */
      lowerMark: number(
        'must be a number of USD above 0',
        'Give the lower end of the expected cost, such as 100',
        (usd) => usd > 0,
      ).optional(),
      /** Whether credits and refunds lower the cost that the budgets count. @default false */
      includeCreditsAndRefunds: toggle('Leave it out for false').default(false),
      /** Addresses that get the alerts; each has to confirm a message from AWS. */
      emails: list(
        email,
        'must be at least one e-mail address',
        "Give who reads the alerts: ['platform@example.com']",
        { min: 1 },
      ).refine((addresses) => new Set(addresses.map((address) => address.toLowerCase())).size === addresses.length, {
        error: expectation('must hold each address once', 'Remove the address that is there twice'),
      }),
      /** Budgets for stages of the account beside its own, in USD a month by the name of the stage. @default - none */
      stageLimits: z
        .record(
          z.string(),
          number(AMOUNT, 'Give what the stage may cost in a month', (usd) => usd >= LEAST_LIMIT),
          { error: expectation('must be USD a month by stage', 'Give for example { prod: 100, dev: 40 }') },
        )
        .default({}),
      /** Whether alerts are encrypted with a customer key, $1 a month. @default false */
      encryptAlerts: toggle('Leave it out for false').default(false),
      /**
       * Region of the account's cost stacks. The stacks that were deployed in another Region before stay there until they are
       * deleted.
       *
       * @default - the account's Region where CloudFormation has budgets, else us-east-1
       */
      region: regionName.optional(),
      /**
       * Whether the account has budgets, and the function that activates their cost allocation tags. They are not to be had
       * outside the partition aws: in China, GovCloud and the European Sovereign Cloud it has to be false.
       *
       * @default true
       */
      budget: toggle('Leave it out for true').default(true),
      /** Whether the dashboards are deployed, which an organisation's rules may refuse. @default true */
      reports: toggle('Leave it out for true').default(true),
      /**
       * Whether a function reads the cost of the project from Cost Explorer once a day, for the dashboard: about $1 a month.
       *
       * @default true
       */
      trend: toggle('Leave it out for true').default(true),
      /**
       * Whether the resource group and the dashboard of Billing and Cost Management are deployed, which hold the reports of Cost
       * Explorer; free.
       *
       * @default true
       */
      explorerReport: toggle('Leave it out for true').default(true),
      /**
       * When AWS makes a PDF of that dashboard, in UTC, e.g. `cron(0 7 2 * ? *)`; who gets the message is said in the console.
       *
       * @default - never
       */
      explorerReportSchedule: pattern(
        'must be a cron expression of six fields',
        "Give for example 'cron(0 7 2 * ? *)', the second day of each month at 7:00 UTC",
        /^cron\(\S+( \S+){5}\)$/,
      ).optional(),
      /**
       * Cost anomaly detection over the tag Project, which publishes to the alert topic; free. A changed tag value, such as another owner,
       * replaces the monitor: it learns about ten days again, and its past anomalies are gone.
       *
       * @default - none
       */
      anomalies: object(
        {
          /** Smallest anomaly that is told, in USD above what was expected. @default 10 */
          minimum: number('must be a number of USD above 0', 'Give for example 10', (usd) => usd > 0).optional(),
        },
        'must say which anomalies are told',
        'Give {} for those of 10 USD and more, or leave it out for none',
      ).optional(),
    },
    'must say what the observability stack may cost',
    "Give at least cost: { emails: ['platform@example.com'] }",
  ),
  ({ limit, lowerMark, budget, stageLimits }, report) => {
    if (budget === false && Object.keys(stageLimits ?? {}).length > 0)
      report(['stageLimits'], stageLimits, 'must be left out with budget: false', 'Remove it, or budget: false');
    if (typeof limit !== 'number' || typeof lowerMark !== 'number' || lowerMark < limit) return;
    report(['lowerMark'], lowerMark, `must be below the limit of ${limit}`, 'Lower it, or raise cost.limit');
  },
).transform((given) => ({ ...given, lowerMark: given.lowerMark ?? defaultLowerMark(given.limit) }));

/** An AWS account: its Region, and the budget that exists once in it. */
export const accountSchema = across(
  object(
    {
      region: regionName,
      bootstrap: object({
        /** What `cdk bootstrap --qualifier` got: the stacks use its bucket and IAM roles. @default 'hnb659fds' */
        qualifier: pattern(
          'must be the qualifier of the bootstrap: 1 to 10 letters and digits',
          'Find it with: aws ssm get-parameters-by-path --recursive --path /cdk-bootstrap',
          /^[A-Za-z0-9]{1,10}$/,
        ).default(DefaultStackSynthesizer.DEFAULT_QUALIFIER),
      }).prefault({}),
      /** Name or ARN of the policy that bounds every IAM role, those of custom resource providers too. @default - none */
      permissionsBoundary: pattern(
        'must be the name or the full ARN of one IAM policy',
        'Find it with: aws iam list-policies',
        /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/)?[\w+=,.@/-]{1,512}$/,
      ).optional(),
      cost,
    },
    'must be an account with its Region and cost',
    "Give { region: 'us-east-1', cost: { emails: [...] } }",
  ),
  requireCostRegion,
).transform(({ region, cost: given, ...further }) => ({
  ...further,
  region,
  cost: { ...given, region: costRegionOf(region, given) },
}));
