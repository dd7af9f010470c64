import type { Template } from '../../account/template';
import { COST_STACK } from '../../stacks/stack-names';

/** A stack as it is deployed, and as it would be. */
interface PlannedStack {
  readonly name: string;
  readonly before: Template;
  readonly after: Template;
}

/** Output with lines for the tool that owns the security group or the route tables of the database. */
const LINES = 'DatabaseAccessToAdd';

/** What a deployment leaves to a person, a sentence each. */
export function personsWork(stacks: readonly PlannedStack[]): string[] {
  return stacks.flatMap(({ name, before, after }) => {
    const known = emailsIn(before);
    const emails = emailsIn(after).filter((email) => !known.includes(email));
    const lines = after.Outputs?.[LINES]?.Value;
    const isNewLines = lines !== undefined && JSON.stringify(lines) !== JSON.stringify(before.Outputs?.[LINES]?.Value);
    return [
      ...(emails.length > 0
        ? [`Confirm the subscription within three days, from the message of AWS Notifications: ${emails.join(', ')}.`]
        : []),
      ...(name === COST_STACK && before.Resources === undefined
        ? [
            'In a member account of an organisation: activate the cost allocation tags in the payer account; npx projen tag-compliance prints the steps.',
          ]
        : []),
      ...(isNewLines
        ? [
            `Add the lines of output ${LINES} of ${name} to the tool that owns the database: deploy prints them at its end.`,
          ]
        : []),
    ];
  });
}

function emailsIn({ Resources = {} }: Template): string[] {
  const found = Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::SNS::Subscription' && Properties?.['Protocol'] === 'email' ? [String(Properties['Endpoint'])] : [],
  );
  return [...new Set(found)];
}
