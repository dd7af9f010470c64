import { SampleDir, SampleFile } from 'projen';
import type { Workspace } from './workspace';

/** What a new package of constructs begins with, so that it builds and its tests pass. projen never writes them again. */
export function addFirstFiles(workspace: Workspace, description: string): void {
  new SampleFile(workspace, 'README.md', { contents: readme(workspace.name, description) });
  new SampleFile(workspace, 'src/index.ts', { contents: SOURCE });
  new SampleDir(workspace, 'test/unit', { files: { 'index.test.ts': TEST } });
  new SampleFile(workspace, 'test/readme/fixture.ts', { contents: FIXTURE });
  new SampleFile(workspace, 'test/tarball-app.ts', { contents: app(workspace.name) });
}

const readme = (name: string, description: string) => `# ${name}

${description}.

\`\`\`ts
import { Example } from '${name}';

new Example(stack, 'Example');
\`\`\`
`;

const SOURCE = `import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/** A parameter of Systems Manager, in the place of the first construct of this package. */
export class Example extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new StringParameter(this, 'Parameter', { stringValue: 'example' });
  }
}
`;

const TEST = `import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { test } from 'vitest';
import { Example } from '../../src/index';

test('is one parameter', () => {
  const stack = new Stack(new App(), 'App');
  new Example(stack, 'Example');
  Template.fromStack(stack).resourceCountIs('AWS::SSM::Parameter', 1);
});
`;

const FIXTURE = `import { App, Stack } from 'aws-cdk-lib/core';

// What the reader of the README has already.
export const app = new App();
export const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'us-east-1' } });
`;

const app = (name: string) => `import { Example } from '${name}';
import { App, Stack } from 'aws-cdk-lib';

const app = new App();
const stack = new Stack(app, 'App');
new Example(stack, 'Example');
app.synth();
`;
