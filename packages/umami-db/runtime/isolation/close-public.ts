import type { ClientBase } from 'pg';
import { ProvisionError } from '../provision/provision-error';
import type { Target } from '../provision/target';
import { name } from '../sql/identifiers';
import { findHeldRights, findThings, type HeldRight } from './find-rights';
import { type PublicRight, parsePublicRight } from './public-right';

/** Something that is taken from PUBLIC. */
export interface Closure {
  /** As it was named, e.g. `CONNECT on database postgres`. */
  readonly right: string;
  /** In order: those who can use it now are granted it by name, and then PUBLIC loses it. */
  readonly statements: readonly string[];
  /** Database roles that can sign in and use it now, and keep it. Those that are made later do not get it. */
  readonly keptBy: readonly string[];
}

/** What is to be taken from PUBLIC. */
export interface Closures {
  readonly closures: readonly Closure[];
  /** Names that nothing bears: a slip of the pen, or what was dropped since. */
  readonly unknown: readonly string[];
}

/**
 * What of the rights that are named PUBLIC still has. Nothing else is closed, and nobody who exists loses anything but
 * Umami's database role.
 *
 * @throws ProvisionError when the administrator may not revoke one of them, with the statements for whoever may
 */
export async function planClosures(client: ClientBase, target: Target): Promise<Closures> {
  const named = (target.closePublic ?? []).map(parsePublicRight);
  if (named.length === 0) return { closures: [], unknown: [] };
  const held = (await findHeldRights(client, target)).filter(({ via }) => via === 'PUBLIC');
  const open = named.flatMap((right) => held.filter((one) => covers(right, one)).map((one) => ({ right, one })));
  const foreign = open.filter(({ one }) => !one.mayClose);
  if (foreign.length > 0) throw mayNotClose(foreign, target);
  const things = await findThings(
    client,
    target.schema,
    named.map(({ object }) => object),
  );
  return {
    closures: open.map(({ right, one }) => closure(right, one)),
    unknown: named.filter((right) => !isKnown(right, things)).map(({ text }) => text),
  };
}

function covers({ object, privileges }: PublicRight, one: HeldRight): boolean {
  return one.object === object && one.entries.some((entry) => privileges.includes(entry));
}

/** A right that PUBLIC has in part only is closed in that part. */
function closure({ text, privileges }: PublicRight, { entries, prefix, target, affects }: HeldRight): Closure {
  const words = entries.filter((entry) => privileges.includes(entry)).map(inLowerCase);
  const close = `${prefix}revoke ${words.join(', ')} on ${target} from public`;
  const keep = `grant ${words.join(', ')} on ${target} to ${affects.map(name).join(', ')}`;
  return { right: text, statements: [...(affects.length > 0 ? [keep] : []), close], keptBy: affects };
}

/** The name of a column stays as it is. */
function inLowerCase(entry: string): string {
  return entry.replace(/^[A-Z ]+/, (words) => words.toLowerCase());
}

/** What nothing was ever granted of is in no list: then a name cannot be told from one that is closed already. */
const LISTED_WHILE_GRANTED = /^(later|parameter) /;

function isKnown({ object, privileges }: PublicRight, things: ReadonlyMap<string, readonly string[]>): boolean {
  if (LISTED_WHILE_GRANTED.test(object)) return true;
  return privileges.every((privilege) => things.get(object)?.includes(privilege.replace(/ \(.*/, '')));
}

function mayNotClose(foreign: readonly { right: PublicRight; one: HeldRight }[], { databaseRole }: Target): Error {
  const whose = foreign.map(({ right, one }) => `${right.text} (of ${one.closer})`);
  const statements = foreign.flatMap(({ right, one }) => closure(right, one).statements);
  return new ProvisionError(
    `\`closePublic\` names what the administrator may not revoke: ${whose.join(', ')}. Nothing was changed. Let the owner or a superuser run: ${statements.join('; ')}; or take it out of \`closePublic\`: database role ${databaseRole} then keeps it, as everybody does.`,
  );
}
