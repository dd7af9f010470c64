import type { Project } from 'projen';
import { apiTarget } from './api-docs';
import { addFirstFiles } from './first-files';
import { Workspace, type WorkspaceOptions } from './workspace';

/** A published package of CDK constructs: usable alone, installed beside the user's own aws-cdk-lib. */
export class ConstructPackage extends Workspace {
  constructor(parent: Project, options: WorkspaceOptions) {
    super(parent, {
      ...options,
      published: true,
      peerDeps: ['aws-cdk-lib', 'constructs'],
      targets: { ...options.targets, api: apiTarget, readme: {}, tarball: {} },
    });
    addFirstFiles(this, options.description);
    this.package.addKeywords('aws', 'cdk', 'observability', 'umami', 'openreplay', 'user-metrics');
  }
}
