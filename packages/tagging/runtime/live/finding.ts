import type { TagValues } from '../../src/schema';

/** A resource of the account that takes tags. */
export interface LiveResource {
  /** Physical id, or ARN where there is no stack. */
  readonly id: string;
  /** CloudFormation type. @default - not known, as for what the tagging API alone lists */
  readonly type?: string;
  /** Stack that it belongs to. @default - not known */
  readonly stack?: string;
  /** Logical id in its stack. @default - not known */
  readonly logicalId?: string;
}

/** A resource and its tags. */
export interface TaggedResource extends LiveResource {
  readonly tags: TagValues;
}

/** A resource whose tags could not be read: neither right nor wrong. */
export interface UnreadResource extends LiveResource {
  /** What AWS said, or why it was not asked. */
  readonly reason: string;
}

/** A resource that does not follow the schema. */
export interface Offender extends LiveResource {
  /** What is wrong, one sentence a tag. */
  readonly problems: readonly string[];
  /** A command of the AWS CLI that shows its tags. */
  readonly command: string;
}

/** What was checked, one by one as it is read, so that a large account fits in little memory. */
export type Reading =
  | { readonly kind: 'tagged'; readonly resource: TaggedResource }
  | { readonly kind: 'unread'; readonly resource: UnreadResource }
  | { readonly kind: 'untaggable'; readonly resource: LiveResource };
