import type { Project } from 'projen';
import { addFirstFiles } from './first-files';
import { Workspace, type WorkspaceOptions } from './workspace';

/** A published package of CDK constructs: usable alone, installed beside the user's own aws-cdk-lib. */
export class ConstructPackage extends Workspace {
  constructor(parent: Project, options: WorkspaceOptions) {
    super(parent, {
      ...options,
      published: true,
      peerDeps: ['aws-cdk-lib', 'constructs'],
    });
    addFirstFiles(this, options.description);
    // By these words npm and Construct Hub find constructs.
    this.package.addKeywords('aws', 'aws-cdk', 'awscdk', 'cdk', 'constructs');
    this.package.addKeywords('observability', 'umami', 'openreplay', 'user-metrics');
  }
}
