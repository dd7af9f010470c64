import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { UmamiDatabaseProperties } from '../runtime/cloudformation/properties';
import type { PurgeEvent } from '../runtime/purge/index';
import type { UmamiRetention } from './umami-database-props';

interface RetentionScheduleProps {
  readonly retention: UmamiRetention;
  /** Umami's secret, the only one that the function may read. */
  readonly secret: ISecret;
  /** The database's function with an IAM role of its own. */
  readonly handler: LambdaFunction;
  readonly properties: Pick<UmamiDatabaseProperties, 'Owner' | 'CertificateAuthority'>;
}

/** Deletes once a day what is older than it is to be kept. */
export class RetentionSchedule extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { retention, secret, handler, properties }: RetentionScheduleProps) {
    super(scope, id);
    secret.grantRead(handler);
    const { Owner, CertificateAuthority } = properties;
    const event: PurgeEvent = {
      action: 'purge',
      Owner,
      SecretArn: secret.secretArn,
      CertificateAuthority,
      Retention: Object.fromEntries(
        Object.entries(retention as { [group: string]: Duration }).map(([group, age]) => [group, age.toSeconds()]),
      ),
    };
    new Rule(this, 'Schedule', {
      description: 'Deletes old rows of Umami once a day',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [
        new LambdaTarget(handler, {
          event: RuleTargetInput.fromObject(event),
          retryAttempts: 2,
          maxEventAge: Duration.hours(1),
        }),
      ],
    });
    this.alarm = new Alarm(this, 'Alarm', {
      alarmDescription: 'Old rows of Umami could not be deleted. The log of the function says why.',
      metric: handler.metricErrors({ period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.IGNORE,
    });
  }
}
