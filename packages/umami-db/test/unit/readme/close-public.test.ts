import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unfitPublicRights } from '../../../runtime/isolation/public-right';

test('the README names rights of PUBLIC as `closePublic` takes them', () => {
  const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
  const [, sentence = ''] = /with `closePublic` \(`--close-public`\)(.*?)\.\n/s.exec(readme) ?? [];
  const named = [...sentence.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace('\n', ' '));

  expect(named).toHaveLength(3);
  expect(unfitPublicRights(named)).toEqual([]);
});
