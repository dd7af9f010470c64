import { mapBounded } from '../account/bounded';
import type { Clients } from '../account/clients';
import { all } from '../account/pages';
import type { Managed } from './managed';
import type { Value } from './value';

/** A resource as its service describes it. */
export interface Resource {
  readonly id: string;
  readonly properties: object;
  /** Id in CloudFormation, where that is another one. @default - `id` */
  readonly physicalId?: string;
}

/** Where the resources are read. */
export interface Reading {
  readonly aws: Clients;
  readonly account: string;
  readonly region: string;
  readonly managed: Managed;
}

/** Resources of one kind. */
export interface Kind {
  /** As in a sentence: `security group`. */
  readonly name: string;
  /** CloudFormation type, by which the resources of the stacks are left out. */
  readonly type: string;
  read(reading: Reading): Promise<Resource[]>;
}

/** How the resources of a kind are listed. */
interface Listing<Page, Item> {
  readonly name: string;
  readonly type: string;
  pages(reading: Reading): AsyncIterable<Page>;
  items(page: Page): readonly Item[] | undefined;
  id(item: Item): string | undefined;
  /** What is said of one; of resources of the stacks nothing is asked. @default - what the list says */
  properties?(item: Item, reading: Reading): object | Promise<object>;
}

/** A kind whose resources a list of the service tells, page by page. */
export function listed<Page, Item extends object>(listing: Listing<Page, Item>): Kind {
  const { name, type, pages, items, id, properties = (item) => item } = listing;
  return {
    name,
    type,
    async read(reading) {
      const found = await all(pages(reading), items);
      const others = found.filter((item) => !reading.managed.has(type, id(item)));
      return mapBounded(others, async (item) => ({
        id: String(id(item)),
        properties: await properties(item, reading),
      }));
    },
  };
}

/** What one service is asked. */
export interface Service {
  readonly name: string;
  readonly kinds: readonly Kind[];
}

/** Something that could not be read, in place of its value. */
export interface Unknown {
  readonly $unknown: string;
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && '$unknown' in value;
}

/** An object from pairs; a later pair replaces an earlier one. */
export function byId<Item>(items: readonly Item[] | undefined, pair: (item: Item) => [string | undefined, Value]) {
  return Object.fromEntries((items ?? []).map((item) => pair(item) as [string, Value]));
}
