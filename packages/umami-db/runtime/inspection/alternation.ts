import { secondDatabaseRole } from '../target/names';
import type { Target } from '../target/target';
import type { FoundRole, Inspection } from './facts';

/** What is meant, and what was found of it. */
export interface View {
  readonly target: Target;
  readonly facts: Inspection;
}

/** The target with the two database roles exchanged; the same where there is one only. */
export function exchanged(target: Target): Target {
  const { databaseRole, otherDatabaseRole } = target;
  if (otherDatabaseRole === undefined) return target;
  return { ...target, databaseRole: otherDatabaseRole, otherDatabaseRole: databaseRole };
}

/** The target once for each of its database roles. */
export function eachRole(target: Target): Target[] {
  return target.otherDatabaseRole === undefined ? [target] : [target, exchanged(target)];
}

export function eachView<V extends View>(view: V): [V, ...V[]] {
  const { databaseRole, otherDatabaseRole } = view.facts;
  const [, target] = eachRole(view.target);
  if (!target) return [view];
  return [
    view,
    { ...view, target, facts: { ...view.facts, databaseRole: otherDatabaseRole, otherDatabaseRole: databaseRole } },
  ];
}

/** The target with the second database role also where it is not wanted, but exists for the same owner and schema. */
export function withFoundRole(target: Target, { otherDatabaseRole: found }: Inspection): Target {
  if (target.otherDatabaseRole !== undefined || !isOwn(found, target)) return target;
  return { ...target, otherDatabaseRole: secondDatabaseRole(target.databaseRole) };
}

function isOwn(found: FoundRole | undefined, { owner }: Target): boolean {
  return (
    found?.ownership?.name === owner.name && found.ownership.location !== undefined && found.otherLocations.length === 0
  );
}

/** The target with that database role first which a secret names. */
export function activeTarget(target: Target, username: string | undefined): Target {
  return username !== undefined && username === target.otherDatabaseRole ? exchanged(target) : target;
}
