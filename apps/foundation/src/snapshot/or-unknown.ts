import { accessLost } from '../account/access-lost';
import { missingRight } from '../account/missing-right';
import type { Unknown } from './kind';

/**
 * Reads something. What cannot be read is a value, which is equal to nothing: one missing right leaves the rest of a
 * snapshot as it is.
 *
 * @param absent names of errors by which the service says that there is nothing; the value is undefined then
 * @throws CommandError when the credentials stopped working: nothing else could be read either
 */
export async function orUnknown<T>(read: () => Promise<T>, ...absent: string[]): Promise<T | Unknown | undefined> {
  try {
    return await read();
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
    if (absent.includes(name)) return undefined;
    const lost = accessLost('snapshot', error);
    if (lost) throw lost;
    const action = missingRight(error);
    return {
      $unknown: action
        ? `needs ${action}`
        : `${name}: ${message.split('\n')[0]} (HTTP ${$metadata?.httpStatusCode ?? 'without an answer'})`,
    };
  }
}
