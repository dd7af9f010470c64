import { expect, test } from 'vitest';
import { exampleModule, examplesIn } from '../../readme/examples';

const README = [
  '# A package',
  '',
  '```ts',
  'new Thing(stack);',
  '```',
  '',
  '```bash',
  'ls',
  '```',
  '',
  '```typescript',
  'run();',
  '```',
  '',
].join('\n');
const FIXTURE =
  "export { Policy, Role } from 'aws-cdk-lib/aws-iam';\nexport const app = new App();\nexport const stack = new Stack(app);\n";

test('the examples of a README are its blocks of TypeScript, each with its line', () => {
  expect(examplesIn(README)).toEqual([
    { line: 4, code: 'new Thing(stack);\n' },
    { line: 12, code: 'run();\n' },
  ]);
});

test('an example gets what it uses from the fixture, and its app is synthesised', () => {
  expect(exampleModule({ line: 1, code: 'new Policy(stack);\n' }, FIXTURE)).toBe(
    "import { Policy, app, stack } from '../fixture';\nnew Policy(stack);\napp.synth();\nexport {};\n",
  );
});

test('an example keeps what it declares and imports itself', () => {
  const code = "import { Policy } from 'mine';\nconst app = make();\nnew Policy(app);\n";
  expect(exampleModule({ line: 1, code }, FIXTURE)).toBe(`${code}app.synth();\nexport {};\n`);
});

test('an example without constructs is only run', () => {
  expect(exampleModule({ line: 1, code: 'run();\n' }, FIXTURE)).toBe('run();\nexport {};\n');
});
