import { describe, expect, test } from 'vitest';
import { bootstrap } from '../../../src/preflight/account/bootstrap';
import { quotas } from '../../../src/preflight/account/quotas';
import type { Finding, State } from '../../../src/preflight/check';
import { costAllocationTags, subscribers } from '../../../src/preflight/cost/alerts';
import { billingMetrics } from '../../../src/preflight/cost/billing';
import { renderPreflight } from '../../../src/preflight/report';
import { names } from '../../../src/preflight/stacks/names';
import { project } from '../../../src/preflight/stacks/project';
import { stackStates } from '../../../src/preflight/stacks/stack-states';
import { unconfiguredStages } from '../../../src/preflight/stacks/unconfigured-stages';
import { ACCOUNT, planned, testCheck } from './planned';

const REGION = 'eu-central-1';
const NETWORK = 'UserMetrics-dev-Network';
const stage = planned(() => {}, [{ name: NETWORK, region: REGION, bootstrapVersion: 8, template: {} }]);
const bootstrapped = { region: REGION, otherQualifiers: [] };

testCheck(bootstrap, [
  ['new enough', [{ ...bootstrapped, version: 8 }], ['ok'], stage],
  [
    'too old',
    [{ ...bootstrapped, version: 7 }],
    [`failure: The bootstrap stack in ${REGION} has version 7, and the stacks need 8`],
    stage,
  ],
  ['not', [bootstrapped], [`failure: Account ${ACCOUNT} is not bootstrapped for the CDK in ${REGION}.`], stage],
  [
    'with another qualifier',
    [{ ...bootstrapped, otherQualifiers: ['acme'] }],
    [`failure: Account ${ACCOUNT} is not bootstrapped for the CDK in ${REGION}. It is with acme`],
    stage,
  ],
]);

const quota = { name: 'VPCs per Region', limit: 5, serviceCode: 'vpc', quotaCode: 'L-F678F1CE' };
testCheck(quotas, [
  ['the last one is free', [{ ...quota, used: 4, added: 1 }], ['ok']],
  [
    'all are used',
    [{ ...quota, used: 5, added: 1 }],
    ['failure: VPCs per Region: 5 of 5 are used, and the deployment adds 1'],
  ],
  [
    'no limit is known',
    [{ ...quota, limit: undefined, used: 1, added: 1 }],
    ['warning: VPCs per Region: 1 are used, and the deployment adds 1; Service Quotas knows no limit'],
  ],
  ['no limit is known, and none is needed', [{ ...quota, limit: undefined, used: 1, added: 0 }], ['ok']],
  ['all are used, with that of the stage', [{ ...quota, used: 5, added: 0 }], ['ok']],
]);

const status = (text: string) => new Map([[NETWORK, text]]);
testCheck(stackStates, [
  ['not deployed', new Map(), ['ok'], stage],
  ['deployed', status('UPDATE_ROLLBACK_COMPLETE'), ['ok'], stage],
  ['a change set that was left', status('REVIEW_IN_PROGRESS'), ['ok'], stage],
  [
    'its creation failed',
    status('ROLLBACK_COMPLETE'),
    [`warning: ${NETWORK} is ROLLBACK_COMPLETE: its creation failed`],
    stage,
  ],
  [
    'another deployment',
    status('UPDATE_IN_PROGRESS'),
    [`warning: ${NETWORK} is UPDATE_IN_PROGRESS: another deployment is running`],
    stage,
  ],
  ['its deletion failed', status('DELETE_FAILED'), [`failure: ${NETWORK} is DELETE_FAILED`], stage],
  ['its rollback failed', status('UPDATE_ROLLBACK_FAILED'), [`failure: ${NETWORK} is UPDATE_ROLLBACK_FAILED`], stage],
]);

const parameter = { stack: NETWORK, region: REGION, type: 'AWS::SSM::Parameter', name: '/user-metrics/dev/tags' };
testCheck(names, [
  ['free', { planned: [parameter], taken: [] }, ['ok']],
  [
    'taken',
    { planned: [parameter], taken: [parameter] },
    [`failure: AWS::SSM::Parameter /user-metrics/dev/tags exists, and not in ${NETWORK}`],
  ],
]);

const existing = { name: NETWORK, region: REGION };
testCheck(project, [
  ['not deployed', [], ['ok']],
  ['of this project', [{ ...existing, project: 'UserMetrics' }], ['ok']],
  ['without tags, its creation having failed', [existing], ['ok']],
  [
    'of another one',
    [{ ...existing, project: 'BlogMetrics' }],
    [`failure: ${NETWORK} in ${REGION} belongs to project BlogMetrics, and the configuration is of UserMetrics`],
  ],
]);

testCheck(unconfiguredStages, [
  ['none', [], ['ok']],
  [
    'one',
    [{ stage: 'old', account: ACCOUNT, region: REGION, stacks: ['UserMetrics-old-Network'] }],
    [expect.stringMatching(/^warning: Stage old has 1 stack in account .* AWS bills it\.$/) as unknown as string],
  ],
  [
    'one of another project, which is no reason to delete it',
    [{ stage: 'blog', account: ACCOUNT, region: REGION, stacks: ['UserMetrics-blog-Network'], project: 'blog' }],
    ['ok'],
  ],
]);

testCheck(billingMetrics, [
  ['published', { metrics: 1 }, ['ok']],
  [
    'not',
    { metrics: 0 },
    ['warning: There is no metric EstimatedCharges in us-east-1: the dashboard of the cost stays empty'],
  ],
]);

const tagStatus = { messages: [], spentUsd: 12, unread: [], missingRights: [] };
testCheck(costAllocationTags, [
  ['not deployed', undefined, ['ok']],
  ['active', { ...tagStatus, keys: { Project: 'active' }, hasInactiveTags: false }, ['ok']],
  [
    'inactive',
    { ...tagStatus, keys: { Project: 'not-yet-seen' }, hasInactiveTags: true },
    ['warning: The budget may count $0: Project not-yet-seen'],
  ],
]);

const EMAIL = 'platform@example.com';
testCheck(subscribers, [
  ['not deployed', undefined, ['ok']],
  ['confirmed', [{ email: EMAIL, state: 'confirmed' }], ['ok']],
  ['not confirmed', [{ email: EMAIL, state: 'pending' }], [`warning: ${EMAIL} gets no alerts: not confirmed yet`]],
  [
    'expired, in one of two topics',
    [
      { email: EMAIL, state: 'confirmed' },
      { email: EMAIL, state: 'unsubscribed' },
    ],
    [`warning: ${EMAIL} gets no alerts: the subscription expired or was removed`],
  ],
]);

describe('the table', () => {
  const finding = (state: State, index: number): Finding => ({
    id: index % 2 ? 'network.block' : 'cost.subscribers',
    title: `title ${index}`,
    state,
    found: 'something',
    fix: 'a command',
  });
  const render = (states: readonly State[], isColoured = false) =>
    renderPreflight({ account: ACCOUNT, region: REGION, stage: 'dev', findings: states.map(finding) }, isColoured);

  test('has what is not ok first, the worst before all', () => {
    const lines = render(['ok', 'warning', 'unknown', 'failure']).split('\n');
    expect(lines.map((line) => line.slice(0, 9).trim()).filter((word) => /^[a-z]+$/.test(word))).toEqual([
      'failure',
      'warning',
      'unknown',
      'ok',
    ]);
    expect(lines.at(-1)).toBe('1 failure, 1 warning, 1 unknown, 1 ok');
  });

  test('has 40 lines at most', () => {
    const text = render([...Array(15).fill('failure'), ...Array(25).fill('ok')]);
    expect(text.split('\n').length).toBeLessThanOrEqual(40);
    expect(text).toContain('5 more rows: --json prints all');
    expect(text).toMatch(/ok {7}Network: 1[23] checks/);
  });

  test('has colours only where they are asked for', () => {
    expect(render(['failure'], true)).toContain('\u001b[31m');
    expect(render(['failure'])).not.toContain('\u001b');
  });
});
