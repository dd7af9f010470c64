import type { Asking } from './asking';
import type { Value } from './value';

/** What flags say; everything else is found or asked. */
export interface Given {
  readonly stage: string;
  readonly emails?: readonly string[] | undefined;
  readonly qualifier?: string | undefined;
  readonly cluster?: string | undefined;
  readonly database?: string | undefined;
  readonly securityGroup?: string | undefined;
  /** Name or ARN. */
  readonly adminSecret?: string | undefined;
  readonly owner?: string | undefined;
  readonly block?: string | undefined;
  readonly zones?: readonly string[] | undefined;
  /** Id of a NAT gateway, or `none`. */
  readonly natGateway?: string | undefined;
}

/** Where is looked, and who answers. */
export interface Search {
  readonly account: string;
  readonly region: string;
  readonly given: Given;
  readonly asking: Asking;
}

/** Values of a part of the configuration. */
export interface Part {
  readonly values: readonly Value[];
  /** What a person has to do before a deployment. */
  readonly toDo: readonly string[];
}
