import type { StackResource } from '../account/deployed-stage';

/** The resources of the foundation's stacks, by type and physical id. */
export class Managed {
  private readonly stacks: ReadonlyMap<string, string>;

  constructor(readonly resources: readonly StackResource[]) {
    this.stacks = new Map(resources.map(({ type, physicalId, stack }) => [`${type} ${physicalId}`, stack]));
  }

  has(type: string, physicalId: string | undefined): boolean {
    return this.stackOf(type, physicalId) !== undefined;
  }

  /** Name of the stack that manages a resource. */
  stackOf(type: string, physicalId: string | undefined): string | undefined {
    return this.stacks.get(`${type} ${physicalId}`);
  }
}
