import { beforeEach, expect, test } from 'vitest';
import { captureFirst } from '../../../runtime/first-capture/capture';
import { handler } from '../../../runtime/first-capture/index';
import { firstCaptureIn, firstCaptureLines } from '../../../runtime/verification/first-capture';
import { createEvent } from '../../support/events';
import { eachCustomResource } from './custom-resource';

const resource = eachCustomResource();
let properties: Record<string, string>;

beforeEach(async () => {
  properties = { ...resource.properties, BaselineSeconds: '1' };
});

const captured = (text: string) => firstCaptureIn(text.split('\n'));

test('the first Create writes what others have before it changes anything, and a second one that it captured nothing', async () => {
  const before = await captureFirst(properties);
  await handler(createEvent(properties));

  const capture = captured(resource.printed());
  expect(capture).toMatchObject({ snapshot: { schemas: { app: { counts: { table: 1 } } } }, notRead: [] });
  expect(capture?.snapshot).toEqual(before?.snapshot);
  expect(capture?.baseline?.identity).toMatchObject({ hasUmami: false, database: properties['Database'] });
  expect(capture?.baseline?.figures.length).toBeGreaterThan(20);
  expect(capture?.snapshot?.umami).toEqual({ schemas: {}, serverObjects: {} });
  const written = resource.printed().length;
  await handler(createEvent(properties));
  expect(captured(resource.printed().slice(written))).toBeNull();
});

test('of two, when the first Create was interrupted before its first DDL, the first one counts', async () => {
  const [one, other] = [await captureFirst(properties), await captureFirst(properties)];
  if (!one || !other) expect.unreachable();
  const lines = [...firstCaptureLines(one), 'START RequestId', ...firstCaptureLines({ ...other, capturedAt: 'later' })];

  expect(firstCaptureIn(lines)).toEqual(one);
});

test('a database that does not answer in time, or cannot be reached, is told and not waited for', async () => {
  const late = await captureFirst(properties, -1_999);
  expect(late?.notRead).toEqual(['The database was not read before the first DDL: it took longer than 0.001 seconds']);
  const wrong = await captureFirst({ ...properties, Host: undefined });
  expect(wrong?.notRead).toEqual([expect.stringContaining('Property Host must be a text')]);
});
