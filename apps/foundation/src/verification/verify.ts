import { accessLost } from '../account/access-lost';
import { missingRight } from '../account/missing-right';
import { callsDuring } from '../account/recorded-calls';
import type { CheckStatus } from '../report/check';
import type { Criterion, Finding } from './criterion';
import type { VerifiedStage } from './verified-stage';

/** State of a criterion. */
export type State = Extract<
  CheckStatus,
  'pass' | 'fail' | 'waiting' | 'unknown' | 'not applicable' | 'cannot be rehearsed'
>;

/** What verifying a criterion gave. */
export interface Verified extends Finding {
  readonly id: Criterion['id'];
  readonly state: State;
  /** What was read. @default - it could not be read */
  readonly facts?: unknown;
  /** IAM actions of the calls that were made. */
  readonly asked: readonly string[];
}

/**
 * Reads the facts of a criterion and evaluates them. What cannot be read is a state, and not an error.
 *
 * @throws CommandError when the credentials work no more: everything else would fail alike
 */
export async function verify(criterion: Criterion, deployed: VerifiedStage): Promise<Verified> {
  const { id } = criterion;
  const { result, calls: asked } = await callsDuring(async () => {
    try {
      return { facts: await criterion.observe(deployed) };
    } catch (error) {
      return { error };
    }
  });
  if ('error' in result) return { id, asked, ...unread(result.error, deployed) };
  const { facts } = result;
  const finding = criterion.evaluate(facts, deployed);
  return { id, asked, facts, ...finding, state: stateOf(finding) };
}

function stateOf({ applies = true, waitsFor, unknown, lacking, wrong }: Finding): State {
  if (wrong.length > 0) return 'fail';
  if (!applies) return 'not applicable';
  if (lacking !== undefined) return 'cannot be rehearsed';
  if (unknown !== undefined) return 'unknown';
  return waitsFor === undefined ? 'pass' : 'waiting';
}

/** How services say that they do not have an operation: emulators lack some. */
const UNSUPPORTED = /^(InvalidAction|MethodNotAllowed|NotImplemented|UnknownOperation|UnsupportedOperation)/;

/** How they say that something is not there. */
const ABSENT = /NotFound|NoSuch|NonExistent|does not exist|^ValidationError: .*not exist/;

function unread(error: unknown, deployed: VerifiedStage): Omit<Verified, 'id' | 'asked'> {
  const lost = accessLost('verify', error);
  if (lost) throw lost;
  const action = missingRight(error);
  if (action !== undefined) {
    const unknown = `${action} is denied: allow it for the IAM identity that runs this command`;
    return { state: 'unknown', unknown, missingRight: action, wrong: [], evidence: '' };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (deployed.isEmulated && UNSUPPORTED.test(text))
    return { state: 'cannot be rehearsed', lacking: text, wrong: [], evidence: '' };
  if (ABSENT.test(text)) return { state: 'fail', wrong: [`it is not there (${text})`], evidence: '' };
  return { state: 'unknown', unknown: `it could not be read (${text})`, wrong: [], evidence: '' };
}
