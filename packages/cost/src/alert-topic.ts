import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, listOf, objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { publishers } from './alert-publishers';
import { CostError } from './cost-error';

/** Props of {@link AlertTopic}. */
export interface AlertTopicProps {
  /** Addresses that get the alerts, one or more, each once; each has to confirm the subscription within three days. */
  readonly emails: readonly string[];
  /**
   * Customer key that messages are encrypted with. The topic adds to its policy what budgets, alarms and anomaly
   * detection need, without which their messages would be lost. The key of AWS for SNS cannot be used: no service may.
   *
   * @default - none: messages are not encrypted at rest; a customer key costs $1 a month
   */
  readonly encryptionKey?: IKey;
}

const EMAILS = listOf(
  text('a list of e-mail addresses', "Give for example ['platform@example.com'].", /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/),
);

const RULES: Rules<AlertTopicProps> = {
  emails: { ...EMAILS, accepts: (value) => EMAILS.accepts(value) && (value as readonly string[]).length > 0 },
  encryptionKey: optional(objectWith('keyArn', 'a KMS key', 'Make it with new Key(…), or leave it out.')),
};

/**
 * SNS topic for budgets, alarms and cost anomalies of this account. People subscribe to the topic and not to a budget, so
 * that a changed address leaves the budget alone.
 *
 * @example
 * new AlertTopic(stack, 'Alerts', { emails: ['platform@example.com'] });
 */
export class AlertTopic extends Topic {
  /** @throws CostError for what is no list of different e-mail addresses, and for a key whose policy cannot be added to */
  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    checkProps(props, RULES, CostError);
    const { emails, encryptionKey } = props;
    super(scope, id, { displayName: 'Observability alerts', enforceSSL: true, masterKey: encryptionKey });
    for (const publisher of publishers(this)) {
      this.addToResourcePolicy(publisher.mayPublish(this.topicArn));
      if (encryptionKey?.addToResourcePolicy(publisher.mayEncrypt()).statementAdded === false) {
        throw new CostError(
          '`encryptionKey` must be a key of this app, got: an imported one, whose policy stays as it is. Make it with new Key(…), or leave it out.',
        );
      }
    }
    requireEachOnce(emails);
    for (const email of emails) this.addSubscription(new EmailSubscription(email));
    applyComponentTags(this, 'metrics');
  }
}

/** SNS has one subscription of an address; upper and lower case are the same mailbox almost everywhere. */
function requireEachOnce(emails: readonly string[]): void {
  const lowerCase = emails.map((email) => (Token.isUnresolved(email) ? email : email.toLowerCase()));
  const twice = emails.find((_, index) => lowerCase.indexOf(lowerCase[index] as string) < index);
  if (twice === undefined) return;
  throw new CostError(`\`emails\` must hold each address once, got: ${twice} twice. Remove one of them.`);
}
