import { describe, expect, test } from 'vitest';
import { notCompliant, type TagComplianceRun } from '../../src/account/tag-compliance';

const COMPLIANT: TagComplianceRun = {
  exitCode: 0,
  report: {
    findings: [],
    summary: { checked: 56, compliant: 56 },
    costAllocationTags: { keys: { Project: 'unknown' } },
  },
};

function runWith(report: Partial<TagComplianceRun['report']>, exitCode = 0): TagComplianceRun {
  return { exitCode, report: { ...COMPLIANT.report, ...report } };
}

test('nothing is wrong when all comply', () => {
  expect(notCompliant(COMPLIANT, 56)).toEqual([]);
});

describe('tag-compliance fails', () => {
  const offender = { id: 'role', problems: ['Owner is missing.', 'Project is missing.'] };
  const unread = { id: 'rule', reason: 'ResourceNotFoundException: not found' };

  test.each<[string, TagComplianceRun, string[]]>([
    ['with an offender', runWith({ findings: [offender] }, 1), ['role: Owner is missing. Project is missing.']],
    ['with what it cannot read', runWith({ findings: [unread] }, 1), ['rule: ResourceNotFoundException: not found']],
    [
      'with an offender, and says that all is well',
      runWith({ findings: [unread] }),
      [expect.anything(), 'the exit code is 0'],
    ],
    ['without an offender, and says that something is wrong', runWith({}, 1), ['the exit code is 1']],
    [
      'when it overlooks a resource',
      runWith({ summary: { checked: 55, compliant: 55 } }),
      ['it checked 55 of 56 taggable resources'],
    ],
    [
      'when it does not know the cost allocation tags',
      runWith({ costAllocationTags: { unknown: 'denied' } }),
      ['cost allocation tags: denied'],
    ],
  ])('%s', (_, run, wrong) => {
    expect(notCompliant(run, 56)).toEqual(wrong);
  });
});
