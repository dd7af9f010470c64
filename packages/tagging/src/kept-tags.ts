import { Annotations, type IAspect, TagManager } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { TagValues } from './schema';

/** Says where a resource keeps a value of its own. */
export class KeptTags implements IAspect {
  constructor(private readonly tags: TagValues) {}

  visit(node: IConstruct): void {
    reportKeptTags(node, TagManager.of(node)?.tagValues() ?? {}, this.tags);
  }
}

/** An information at the construct for each tag whose own value differs from the one that would have been applied. */
export function reportKeptTags(node: IConstruct, own: TagValues, applied: TagValues): void {
  for (const [key, value] of Object.entries(applied)) {
    const kept = Object.hasOwn(own, key) ? own[key] : undefined;
    if (kept !== undefined && kept !== value)
      Annotations.of(node).addInfo(`keeps its own tag ${key}=${kept}; the value of ObservabilityTags is ${value}`);
  }
}
