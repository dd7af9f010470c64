import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LossInUse, refusal } from '../../../src/commands/exports/refusal';

const TARGET = {
  stage: 'dev',
  assembly: join(process.cwd(), 'cdk.out', 'dev'),
  stageStacks: ['UserMetrics-dev-Network', 'UserMetrics-dev-Database', 'UserMetrics-dev-Storage'],
  accountStacks: ['UserMetrics-Cost'],
};

function loss(...users: string[]): LossInUse {
  return {
    stack: 'UserMetrics-dev-Network',
    region: 'eu-central-1',
    name: 'UserMetrics-dev-Network:Subnet',
    change: 'would replace Network/Tasks1 (AWS::EC2::Subnet: CidrBlock)',
    users,
  };
}

const stepsOf = (losses: readonly LossInUse[], canGoFirst: (stack: string) => boolean = () => false) =>
  [...refusal(TARGET, losses, canGoFirst).matchAll(/^ {2}(\d)\. (.*)$/gm)].map(([, number, step]) => [number, step]);

test('says what would change, who uses it, and each of these once', () => {
  const other = { ...loss('UserMetrics-dev-Storage'), name: 'UserMetrics-dev-Network:Other' };
  const text = refusal(TARGET, [loss('UserMetrics-dev-Database'), other], () => false);
  expect(text.split('\n').slice(0, 4)).toEqual([
    'Stage dev is not deployed: CloudFormation would stop mid-deployment, because other stacks use what would change.',
    '',
    '  UserMetrics-dev-Network would replace Network/Tasks1 (AWS::EC2::Subnet: CidrBlock); used by UserMetrics-dev-Database and UserMetrics-dev-Storage.',
    '',
  ]);
});

/** The commands that delete a stack and wait until it is gone. */
function deletion(stack: string): string {
  const which = `--region eu-central-1 --stack-name ${stack}`;
  return `aws cloudformation delete-stack ${which} && aws cloudformation wait stack-delete-complete ${which}`;
}

describe('the order of steps', () => {
  test('is to destroy the stack that uses it, and to deploy', () => {
    expect(stepsOf([loss('UserMetrics-dev-Database')])).toEqual([
      ['1', 'npx cdk destroy --app cdk.out/dev --exclusively UserMetrics-dev-Database'],
      ['2', 'npx projen deploy --stage dev'],
    ]);
  });

  test('is to deploy the stack that does not use it any more, and then the rest', () => {
    expect(stepsOf([loss('UserMetrics-dev-Database')], () => true)).toEqual([
      ['1', 'npx cdk deploy --app cdk.out/dev --exclusively UserMetrics-dev-Database'],
      ['2', 'npx projen deploy --stage dev'],
    ]);
  });

  test('is to delete what the configuration does not have any more', () => {
    expect(stepsOf([loss('UserMetrics-CostReports')])).toEqual([
      ['1', deletion('UserMetrics-CostReports')],
      ['2', 'npx projen deploy --stage dev'],
    ]);
  });

  test('deploys another stage again whose stack has to go meanwhile', () => {
    expect(stepsOf([loss('UserMetrics-prod-eu-Storage', 'UserMetrics-dev-Storage')])).toEqual([
      ['1', deletion('UserMetrics-prod-eu-Storage')],
      ['2', 'npx cdk destroy --app cdk.out/dev --exclusively UserMetrics-dev-Storage'],
      ['3', 'npx projen deploy --stage dev'],
      ['4', 'npx projen deploy --stage prod-eu'],
    ]);
  });

  test('asks somebody else to do without', () => {
    expect(stepsOf([loss('Shop')])[0]?.[1]).toBe(
      'Let Shop, which is not of this foundation, do without UserMetrics-dev-Network:Subnet',
    );
  });
});

test('says what becomes of data where there is data', () => {
  expect(refusal(TARGET, [loss('UserMetrics-dev-Storage')], () => false)).toMatch(/recordings outlast this/);
  expect(refusal(TARGET, [loss('UserMetrics-CostReports')], () => false)).not.toMatch(/recordings/);
});
