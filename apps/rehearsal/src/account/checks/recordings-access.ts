import { type PolicyStatement, recordingsPolicy } from '../policy';
import { published } from '../published';
import type { AccountCheck } from './account-check';

/** `1.3.AC4`: the policy of the bucket refuses everybody but the task role. */
export const onlyTaskRole: AccountCheck = {
  id: '1.3.AC4',
  async look(account) {
    const Bucket = await published(account, 'storage/replay-bucket-name');
    const taskRole = await published(account, 'access/openreplay-task-role-arn');
    const statements = await recordingsPolicy(account);
    const except = statements
      .filter((statement) => refusesRecordings(statement, Bucket))
      .flatMap(({ Condition }) => Condition?.['ArnNotEquals']?.['aws:PrincipalArn'] ?? []);
    const open = statements.filter(({ Effect }) => Effect === 'Allow').map(({ Action }) => [Action].flat().join(', '));
    return {
      wrong: [
        ...(except.length > 0 ? [] : ['the policy refuses nobody']),
        ...except.filter((arn) => arn !== taskRole).map((arn) => `${arn} is let in too`),
        ...open.map((actions) => `the policy itself allows ${actions}`),
      ],
      evidence: `everybody but ${except} is refused`,
    };
  },
};

/** Whether a statement refuses everybody, but for its condition, to read any recording. */
function refusesRecordings({ Effect, Principal, Action, Resource }: PolicyStatement, bucket: string): boolean {
  const principals = typeof Principal === 'string' ? [Principal] : [Principal['AWS']].flat();
  const isForAll = principals.includes('*') && [Resource].flat().includes(`arn:aws:s3:::${bucket}/*`);
  return Effect === 'Deny' && isForAll && [Action].flat().some((action) => action.startsWith('s3:GetObject'));
}
