import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import { firstCaptureLines } from '@user-metrics/umami-db/verification';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { fetchFirstCapture } from '../../src/commands/steps/fetch-first-capture';
import { firstCaptureFile } from '../../src/snapshot';
import { ACCOUNT, expectedStage } from '../unit/verification/criterion-cases';
import { signedIn } from './command-line';

const capture = { capturedAt: '2026-11-27T05:00:00.000Z', notRead: ['The baseline was not measured.'] };
const later = { ...capture, capturedAt: '2026-11-27T06:00:00.000Z' };
/** Messages of the log, a page each; how often it was read. */
const log = { pages: [] as string[][], readings: 0, denied: false };

const groupOf = (logicalId: string, name: string) =>
  `<member><LogicalResourceId>${logicalId}</LogicalResourceId><ResourceType>AWS::Logs::LogGroup</ResourceType><PhysicalResourceId>${name}</PhysicalResourceId></member>`;

let close: () => Promise<unknown>;
let folder: string;
beforeAll(async () => {
  const endpoint = await startEndpoint(({ action, parameters, refuse }) => {
    if (action === 'ListStacks')
      return xml(
        action,
        '<StackSummaries><member><StackName>UserMetrics-dev-Database</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member></StackSummaries>',
      );
    if (action === 'ListStackResources')
      return xml(
        action,
        `<StackResourceSummaries>${groupOf('UmamiDatabaseVerificationFunctionLogs0A1B2C3D', 'other')}${groupOf('UmamiDatabaseFunctionLogs0A1B2C3D', 'provision')}</StackResourceSummaries>`,
      );
    if (log.denied) return refuse('AccessDeniedException', 'not authorized', 400);
    if (parameters['logGroupName'] !== 'provision') throw new Error('another log');
    const page = Number(parameters['nextToken'] ?? 0);
    if (page === 0) log.readings += 1;
    const events = (log.pages[page] ?? []).map((message) => ({ message }));
    return json({ events, ...(page + 1 < log.pages.length ? { nextToken: String(page + 1) } : {}) });
  });
  close = endpoint.close;
  for (const [name, value] of Object.entries(signedIn(endpoint.url))) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-capture-'));
  Object.assign(log, { pages: [], readings: 0, denied: false });
  waits.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const { config, region, stage } = expectedStage();
const chosen = { foundation: config.foundation, region, stage, account: ACCOUNT, costRegion: region };
const waits: number[] = [];
const fetchInto = (isFirst: boolean) =>
  fetchFirstCapture(chosen as never, folder, isFirst, async (milliseconds) => {
    waits.push(milliseconds);
  });

test('the first capture of all pages of the log becomes a file, and is not read again', async () => {
  log.pages = [['START', ...firstCaptureLines(capture)], firstCaptureLines(later)];

  expect(await fetchInto(true)).toEqual([
    expect.stringMatching(/^Database before the first DDL: .*before-first-ddl-2026-11-27T05-00-00\.000Z\.json$/),
    'The baseline was not measured.',
  ]);
  expect(firstCaptureFile(folder)?.capture).toEqual(capture);
  expect([await fetchInto(false), log.readings]).toEqual([[], 1]);
});

test('a schema that existed is told, and not waited for', async () => {
  log.pages = [firstCaptureLines(null), firstCaptureLines(later)];

  const [line] = await fetchInto(true);
  expect(line).toMatch(/existed already\.$/);
  expect([waits, firstCaptureFile(folder)]).toEqual([[], undefined]);
});

test('a log without it is read four times after a first deployment, once otherwise, and said', async () => {
  const [line] = await fetchInto(true);
  expect([line, waits, log.readings]).toEqual([expect.stringContaining('does not hold it'), [5_000, 5_000, 5_000], 4]);
  await fetchInto(false);
  expect([log.readings, firstCaptureFile(folder)]).toEqual([5, undefined]);
});

test('a missing right is said', async () => {
  log.denied = true;
  expect(await fetchInto(true)).toEqual(['Database before the first DDL: not read, needs logs:FilterLogEvents']);
});
