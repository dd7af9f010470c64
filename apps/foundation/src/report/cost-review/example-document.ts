import { thresholdRows } from '../../cost-review/document';
import { EXAMPLE } from '../../cost-review/example';
import { reviewOf } from '../../cost-review/review';
import { FORMATS } from './formats';

/** What docs/cost-review.md has of the made-up month: the thresholds, and the review as a terminal shows it. */
export function exampleDocument(): string {
  return [
    '| figure | from | leads to |',
    '|---|---|---|',
    ...thresholdRows().map((cells) => `| ${cells.join(' | ')} |`),
    '',
    '`npx projen cost-review --example` prints, for a made-up month:',
    '',
    '```text',
    FORMATS['text']?.(reviewOf(EXAMPLE)) ?? '',
    '```',
  ].join('\n');
}
