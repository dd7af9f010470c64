import { JsonFile, type Project } from 'projen';

/** What is tried together moves together: one pull request a group. */
const GROUPS = [
  { groupName: 'AWS CDK', matchPackageNames: ['/^aws-cdk/', 'constructs', 'cdk-nag', '/^@aws-cdk\\//', '/^@aws\\//'] },
  { groupName: 'AWS SDK', matchPackageNames: ['/^@aws-sdk\\//'] },
  { groupName: 'Umami', matchPackageNames: ['/^@prisma\\//', '/umami-software\\/umami/'] },
  { groupName: 'nx', matchPackageNames: ['nx', '/^@nx\\//'] },
] as const;

/** Renovate: the versions are in projenrc/versions.ts, and `npx projen` writes them into each package.json. */
export function addRenovate(project: Project): void {
  new JsonFile(project, '.github/renovate.json', {
    marker: false, // Renovate refuses unknown keys.
    obj: {
      $schema: 'https://docs.renovatebot.com/renovate-schema.json',
      extends: ['config:recommended'],
      schedule: ['before 5am on monday'],
      enabledManagers: ['custom.regex'],
      customManagers: [
        {
          customType: 'regex',
          managerFilePatterns: ['/^projenrc/versions\\.ts$/'],
          // The block of the versions, then its lines: the ranges of peer dependencies are a promise, and stay.
          matchStringsStrategy: 'recursive',
          matchStrings: [
            'export const versions = \\{[^}]*\\}',
            "\\n {2}'?(?<depName>[@\\w./-]+)'?: '(?<currentValue>[~^]?\\d[^']*)'",
          ],
          datasourceTemplate: 'npm',
        },
        {
          customType: 'regex',
          managerFilePatterns: ['/^projenrc/actions\\.ts$/'],
          matchStrings: ["'(?<depName>actions/[\\w-]+)@(?<currentDigest>[0-9a-f]{40})', // (?<currentValue>v\\S+)"],
          datasourceTemplate: 'github-tags',
        },
      ],
      packageRules: GROUPS,
      prBodyNotes: [
        'Run `npx projen` on the branch and commit what it writes: package.json and package-lock.json follow.',
      ],
    },
  });
}
