import { type PublishedContractProps, type PublishedValues, publishedValues } from '@user-metrics/tagging/published';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Umami's database: made by `UmamiDatabase`, or imported. */
export interface IUmamiDatabase {
  /**
   * Secret with username, password, host, port, dbname, schema, engine, DATABASE_URL, DIRECT_DATABASE_URL, APP_SECRET and
   * TWO_FACTOR_ENCRYPTION_KEY; with UMAMI_ADMIN_PASSWORD unless there is no administrator, or one that was adopted and keeps its password. Written by the function, never by CloudFormation.
   */
  readonly secret: ISecret;
  /** Schema of Umami. */
  readonly schemaName: string;
  /** Database role of Umami. */
  readonly databaseRoleName: string;
  /**
   * Tells what it finds in the database, and changes nothing: invoke it with `{ "action": "verify" }`, `"status"`,
   * `"snapshot"`, `"baseline"` or, with a `probe`, `"probe"`. Who may is said with `grantVerify`.
   */
  readonly verificationFunction: IFunction;
  /** Lets somebody read the secret, e.g. the execution role of Umami's tasks. */
  grantRead(grantee: IGrantable): Grant;
  /**
   * Lets somebody invoke `verificationFunction`, e.g. an IAM role for operators. Its answers hold names of schemas, tables and
   * database roles, and no secret.
   */
  grantVerify(grantee: IGrantable): Grant;
}

/** The database of a stage; each part is imported when it is first used. */
export class PublishedDatabase extends Construct implements IUmamiDatabase {
  private readonly values: PublishedValues;

  constructor(scope: Construct, id: string, props: PublishedContractProps) {
    super(scope, id);
    this.values = publishedValues(this, props, Error);
  }

  get secret(): ISecret {
    const before = this.node.tryFindChild('Secret') as ISecret | undefined;
    return before ?? Secret.fromSecretCompleteArn(this, 'Secret', this.values.text('database/secret-arn'));
  }

  get schemaName(): string {
    return this.values.text('database/schema-name');
  }

  get databaseRoleName(): string {
    return this.values.text('database/role-name');
  }

  get verificationFunction(): IFunction {
    const id = 'VerificationFunction';
    const before = this.node.tryFindChild(id) as IFunction | undefined;
    return before ?? LambdaFunction.fromFunctionName(this, id, this.values.text('database/verification-function-name'));
  }

  grantRead(grantee: IGrantable): Grant {
    return this.secret.grantRead(grantee);
  }

  grantVerify(grantee: IGrantable): Grant {
    return this.verificationFunction.grantInvoke(grantee);
  }
}
