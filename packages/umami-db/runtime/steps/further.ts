import { type FurtherMigration, isFurther } from '../migrations/index';
import { ledgerSchema } from '../target/names';
import { planMigrations } from './migrations';
import { planMembershipRevokes, planSchemaOwners, planTableOwners } from './ownership';
import type { Planning } from './planning';
import { planPrivileges } from './privileges';
import type { Section } from './statement';
import { planStatistics, planTableLocks } from './table-locks';

/** Migrations that the package does not have, each in a transaction of its own: what is done stays done. */
export function furtherSections(planning: Planning, other: Planning | undefined): Section[] {
  return planning.pending.filter(isFurther).map((migration) => {
    const one = planningOf(planning, migration);
    return {
      name: `migration ${migration.name}`,
      statements: [
        ...planSchemaOwners(one),
        ...planTableLocks(one),
        ...planMigrations(one),
        ...planStatistics(one),
        ...planTableOwners(one),
        ...planPrivileges(one),
        ...(other ? planPrivileges(planningOf(other, migration)) : []),
        ...planMembershipRevokes(one),
      ],
    };
  });
}

/** What there is when the sections before it are done: everything has its owner, and the ledgers are complete. */
function planningOf(planning: Planning, migration: FurtherMigration): Planning {
  const { target, facts, ownerChange } = planning;
  const { owner, ledgerOwner } = ownerChange;
  const ownerIn = (schema: string) => (schema === ledgerSchema(target) ? ledgerOwner : owner);
  return {
    ...planning,
    applied: [],
    unrecorded: [],
    repairs: [],
    pending: [migration],
    bridged: false,
    facts: {
      ...facts,
      schema: { ...facts.schema, owner },
      ledgerSchema: { ...facts.ledgerSchema, owner: ledgerOwner },
      objects: facts.objects.map((object) => ({ ...object, owner: ownerIn(object.schema) })),
      prismaLedger: true,
      ownLedger: [],
    },
    ownerChange: {
      ...ownerChange,
      changes: false,
      join: ownerChange.join.filter((role) => role === owner || role === ledgerOwner),
      former: [],
    },
    privileges: { connect: true, usage: true, tables: true, ledger: true, defaults: true },
  };
}
