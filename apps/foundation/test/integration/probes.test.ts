import { type Answer, type AwsEndpoint, json, startEndpoint } from '@user-metrics/aws-endpoint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientsFor } from '../../src/account/clients';
import { stageOf } from '../../src/account/deployed-stage';
import { probe } from '../../src/verification/existing/probes';
import { expectedStage } from '../unit/verification/criterion-cases';

let endpoint: AwsEndpoint;
/** What the function, the application and the database function answer. */
let answers: { readonly [action: string]: Answer };
beforeEach(async () => {
  endpoint = await startEndpoint(({ action }) => {
    if (action === 'GetParameter') return json({ Parameter: { Value: 'database-function' } });
    return answers[action] ?? { status: 500, type: 'text/plain', body: `not expected: ${action}` };
  });
});
afterEach(() => endpoint.close());

const SQL = { databaseRole: 'shop', statement: 'select 1 from app.orders limit 1' };
const ASKED = { database: 'shop', server: '17.4', rows: 1, milliseconds: 3, refused: null, failure: null };
const PATH = (name: string) => `POST /2015-03-31/functions/${name}/invocations`;

/** After the configuration was checked: it takes https:// alone, for which this endpoint would need a certificate. */
function stageWith(probes: object) {
  const deployed = expectedStage();
  Object.assign(stageOf(deployed), { probes });
  return deployed;
}

async function probed(name: 'lambda' | 'url' | 'sql', given: { readonly [action: string]: Answer }) {
  answers = given;
  const { url } = endpoint;
  const deployed = stageWith({ lambda: 'shop-orders', url: `${url}/health`, sql: SQL });
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
  const aws = clientsFor({ region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1 });
  return probe({ ...deployed, aws }, name);
}

const failed = (body: object): Answer => ({ ...json(body), headers: { 'x-amz-function-error': 'Unhandled' } });
const status = (code: number): Answer => ({ status: code, type: 'text/plain', body: 'x' });
const sql = (answer: object): Answer => json({ action: 'probe', ...SQL, ...ASKED, ...answer });

describe('the function of the application', () => {
  test('is invoked by its name, and right when it answers', async () => {
    expect(await probed('lambda', { [PATH('shop-orders')]: json({ anything: 'at all' }) })).toEqual({
      wrong: [],
      evidence: expect.stringMatching(/^shop-orders answered in \d+ ms$/),
    });
  });

  test('that fails is wrong, with what it says of its failure', async () => {
    const { wrong } =
      (await probed('lambda', { [PATH('shop-orders')]: failed({ errorMessage: 'no database' }) })) ?? {};
    expect(wrong).toEqual(['shop-orders fails (Unhandled): {"errorMessage":"no database"}']);
  });

  test('that may not be invoked is a denial, which verify reports as a missing right', async () => {
    const denied = json({ message: 'not authorized' }, 403);
    await expect(
      probed('lambda', {
        [PATH('shop-orders')]: { ...denied, headers: { 'x-amzn-errortype': 'AccessDeniedException' } },
      }),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('the URL of the application', () => {
  test.each([
    [200, []],
    [204, []],
    [404, [expect.stringMatching(/\/health answers with status 404$/)]],
    [503, [expect.stringMatching(/\/health answers with status 503$/)]],
  ])('with status %i: %j', async (code, wrong) => {
    expect(await probed('url', { 'GET /health': status(code) })).toMatchObject({ wrong });
  });

  test('that nobody answers is wrong, with the reason', async () => {
    const { url } = endpoint;
    await endpoint.close();
    const { wrong } = (await probe({ ...stageWith({ url }), aws: {} as never }, 'url')) ?? {};
    expect(wrong).toEqual([expect.stringMatching(/does not answer: connect ECONNREFUSED/)]);
    endpoint = await startEndpoint(() => json({}));
  });
});

describe('the statement as a database role', () => {
  test('is asked of the database function, and right when it ran', async () => {
    expect(await probed('sql', { [PATH('database-function')]: sql({}) })).toEqual({
      wrong: [],
      evidence: 'the statement of probes.sql as database role shop: 1 rows in 3 ms, PostgreSQL 17.4',
    });
    // The statement is deployed, never sent.
    expect(endpoint.asked.at(-1)?.parameters).toEqual({ action: 'probe' });
  });

  test.each([
    [
      'it fails',
      { failure: 'permission denied for table orders (SQLSTATE 42501)' },
      'wrong',
      /role shop fails: permission denied/,
    ],
    [
      'it may not be run',
      { refused: 'permission denied to set role "shop"' },
      'unknown',
      /was not run: .*grant "shop" to/,
    ],
    ['another one is deployed', { statement: 'select 2' }, 'unknown', /npx projen deploy --stage dev$/],
  ])('%s', async (_, answer, where, says) => {
    const { wrong, unknown } = (await probed('sql', { [PATH('database-function')]: sql(answer) })) ?? {};
    expect({ wrong: wrong?.join(), unknown }[where]).toMatch(says);
    expect(where === 'wrong' ? unknown : wrong?.join()).toBe(where === 'wrong' ? undefined : '');
  });

  test('of a function without it says what to run', async () => {
    const none = failed({ errorMessage: '`action` must be verify, status, snapshot, got: "probe".' });
    await expect(probed('sql', { [PATH('database-function')]: none })).rejects.toThrow(
      /does not know probe: .*npx projen deploy --stage dev$/,
    );
  });
});
