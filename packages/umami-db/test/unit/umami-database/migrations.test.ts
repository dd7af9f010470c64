import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { sha256 } from '../../../runtime/migrations/further-file';
import { UmamiMigrations } from '../../../src';
import { ASSET } from '../../support/bare-function';
import { expectKnown, KNOWN, migrationsFolder, type Scripts, UMAMI_36 } from '../../support/migrations-folder';
import { type Deployment, deploy } from './stack';

expectKnown();

const folderWith = (scripts: Scripts) => UmamiMigrations.fromDirectory(migrationsFolder({ ...KNOWN, ...scripts }));

const FURTHER = folderWith(UMAMI_36);
const OTHER = folderWith({ '27_other': 'CREATE TABLE a (b int);' });
const NONE = folderWith({});

/** What CloudFormation would send, and the folder that the function would be made of. */
function synthesized({ stack, template, provisioningFunction }: Deployment) {
  const [resource] = Object.values(template().findResources('Custom::UmamiDatabase'));
  const { S3Key } = provisioningFunction().Properties['Code'] as { S3Key: string };
  const assembly = (Stack.of(stack).node.root as never as { outdir: string }).outdir;
  return { properties: resource?.['Properties'], code: join(assembly, `asset.${S3Key.replace('.zip', '')}`) };
}

test('the migrations of a folder lie beside the code of the function, which is told of them', () => {
  const { properties, code } = synthesized(deploy(() => ({ migrations: FURTHER })));

  expect(readdirSync(code).sort()).toEqual(['index.js', 'migrations.json', 'rds-ca.pem']);
  expect(readFileSync(join(code, 'index.js'))).toEqual(readFileSync(join(ASSET, 'index.js')));
  const file = readFileSync(join(code, 'migrations.json'));
  expect(properties.Migrations).toBe(sha256(file));
  expect(JSON.parse(file.toString()).map(({ name }: { name: string }) => name)).toEqual(Object.keys(UMAMI_36));
});

test('another folder is another code, and another event', () => {
  const [one, other] = [FURTHER, OTHER].map((migrations) => synthesized(deploy(() => ({ migrations }))));

  expect(one?.code.split('/').at(-1)).not.toBe(other?.code.split('/').at(-1));
  expect(one?.properties.Migrations).not.toBe(other?.properties.Migrations);
});

test('a folder of the release that the package has changes nothing', () => {
  const { properties, code } = synthesized(deploy(() => ({ migrations: NONE })));
  const plain = synthesized(deploy());

  expect([properties, code.split('/').at(-1)]).toEqual([plain.properties, plain.code.split('/').at(-1)]);
});

test.each([
  [
    { migrations: 'migrations' },
    "`migrations` must be a folder of Umami's migrations, got: migrations. Give UmamiMigrations.fromDirectory('…')",
  ],
  [
    { migrations: NONE, retention: { events: Duration.days(400) } },
    '`retention` must be left out beside `migrations`, got: both.',
  ],
  [
    { migrations: NONE, umamiVersion: '3.4' },
    '`umamiVersion` must be left out beside `migrations`, got: 3.4. The folder says which release it is.',
  ],
])('is refused at synth: %j', (props, message) => {
  expect(() => deploy(() => props as never)).toThrow(message);
});

test('a folder that is not one of Umami is refused when it is read', () => {
  expect(() => UmamiMigrations.fromDirectory('no-such-folder')).toThrow(
    '`migrations` must be the folder prisma/migrations of an image of Umami, got: no-such-folder.\n  ENOENT',
  );
});
