import { expect, test } from 'vitest';
import { migrations } from '../../runtime/migrations/index';
import { updateNotes } from '../../runtime/migrations/security-notes';

const first = (count: number) => migrations.slice(0, count).map(({ name }) => name);

test.each([
  [1, '2.0', ['3.4.1']],
  [19, '3.1', ['3.4.1']],
  [23, '3.3', ['3.4.1', '3.5.0']],
  [26, '3.4', ['3.4.1', '3.4.1', '3.5.0']],
])('a schema of %i migrations (%s) has a note for each fault of its images', (count, release, fixedIn) => {
  const notes = updateNotes(first(count));

  expect(notes.map((note) => /Use the image of (\S+) or later/.exec(note)?.[1])).toEqual(fixedIn);
  for (const note of notes)
    expect(note).toContain(`images of Umami ${release}, to which the schema belongs, may have `);
});

test('nothing is said of a schema without migrations, or with migrations that are not known', () => {
  expect(updateNotes([])).toEqual([]);
  expect(updateNotes([...first(26), '27_add_oauth'])).toEqual([]);
});
