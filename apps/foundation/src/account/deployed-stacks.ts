import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListImports,
} from '@aws-sdk/client-cloudformation';
import { all } from './pages';
import type { Place } from './place';
import type { Template } from './template';

/** A stack as it is deployed. */
export interface DeployedStack {
  readonly template: Template;
  /** Names of its exports, by the key of the output. */
  readonly exports: ReadonlyMap<string, string>;
}

/** The stacks of an account and Region, as CloudFormation has them. */
export class DeployedStacks {
  private readonly cloudFormation: CloudFormationClient;

  constructor({ region }: Pick<Place, 'region'>) {
    this.cloudFormation = new CloudFormationClient({ region });
  }

  /** @returns nothing for a stack that is not deployed */
  async find(StackName: string): Promise<DeployedStack | undefined> {
    try {
      const { Stacks: [stack] = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName }));
      const outputs = stack?.Outputs ?? [];
      const exports = new Map(
        outputs.flatMap(({ OutputKey, ExportName }) => (OutputKey && ExportName ? [[OutputKey, ExportName]] : [])),
      );
      if (exports.size === 0) return { template: {}, exports };
      return { template: await this.read(StackName), exports };
    } catch (error) {
      if (isRefusal(error, /does not exist/)) return undefined;
      throw error;
    }
  }

  /** @returns nothing for a stack that is not deployed */
  async template(StackName: string): Promise<Template | undefined> {
    try {
      return await this.read(StackName);
    } catch (error) {
      if (isRefusal(error, /does not exist/)) return undefined;
      throw error;
    }
  }

  private async read(StackName: string): Promise<Template> {
    const { TemplateBody = '' } = await this.cloudFormation.send(
      new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
    );
    return JSON.parse(TemplateBody);
  }

  /** Names of the stacks that import an export, of whomever they are. */
  async importersOf(ExportName: string): Promise<string[]> {
    try {
      return await all(paginateListImports({ client: this.cloudFormation }, { ExportName }), ({ Imports }) => Imports);
    } catch (error) {
      if (!isRefusal(error, /is not imported by any stack/)) throw error;
      return [];
    }
  }
}

/** CloudFormation says by an error of validation that there is nothing. */
function isRefusal(error: unknown, message: RegExp): boolean {
  return error instanceof CloudFormationServiceException && message.test(error.message);
}
