import { type IResolver, License, type Project } from 'projen';

/** Where the project lives, for package.json and the links of the READMEs. */
export const REPOSITORY = 'https://github.com/user-metrics/foundation';
export const AUTHOR = 'User Metrics Foundation contributors';

/** Apache-2.0 with its copyright line filled in, which projen leaves as the template has it. */
export class ApacheLicense extends License {
  constructor(project: Project) {
    super(project, { spdx: 'Apache-2.0' });
  }

  protected override synthesizeContent(resolver: IResolver): string | undefined {
    return super.synthesizeContent(resolver)?.replace('[yyyy] [name of copyright owner]', `2026 ${AUTHOR}`);
  }
}
