import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { hasTable, type Inspection } from './facts';

/** Tables of every Umami 1.x; its upgrade to 2.x renames them. */
const TABLES = ['account', 'pageview'];

/** Whether a schema is one of Umami 1.x, whose migrations share names with those of 2.x and nothing else. */
export function holdsUmami1(found: Inspection, { schema }: Target): boolean {
  return TABLES.every((table) => hasTable(found, schema, table));
}

/** @throws ProvisionError with the way to a release that can be adopted */
export function requireNoUmami1(found: Inspection, target: Target): void {
  if (!holdsUmami1(found, target)) return;
  throw new ProvisionError(
    `Schema ${target.schema} holds Umami 1.x (it has the tables ${TABLES.join(' and ')}), which only Umami itself upgrades to 2.x. Nothing was changed. Upgrade it to Umami 1.40, back it up, run npx @umami/migrate-v1-v2 as https://umami.is/docs/migrate-v1-v2 says, and then adopt it.`,
  );
}

/** Tables of 1.x that its upgrade renames, and drops on request. */
export const RENAMED_BY_UPGRADE = /^v1_(account|event|event_data|pageview|prisma_migrations|session|website)$/;
