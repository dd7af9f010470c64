import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedPart } from '../../cost-review/document';
import { exampleDocument } from '../../report/cost-review/example-document';
import type { Criterion } from '../criterion';

const DOCUMENT = join(
  dirname(require.resolve('@user-metrics/foundation/package.json')),
  '..',
  '..',
  'docs',
  'cost-review.md',
);

/** Steps of the review; each names a command, but for the one that reads what the review says. */
const STEPS = 8;

export interface ObservedDocument {
  readonly text: string;
}

/** `1.4.AC6`: the document of the monthly review, and that its figures are those of this release. */
export const costReviewDocument: Criterion<ObservedDocument> = {
  id: '1.4.AC6',
  async observe() {
    return { text: readFileSync(DOCUMENT, 'utf8') };
  },
  evaluate({ text }) {
    const steps = text.split(/^\d\. /m).slice(1);
    const withCommand = steps.filter((step) => /`(npx projen|aws) /.test(step));
    return {
      wrong: [
        ...(steps.length === STEPS ? [] : [`the document has ${steps.length} steps, and the review ${STEPS}`]),
        ...(withCommand.length >= steps.length - 1
          ? []
          : [`${steps.length - withCommand.length} steps name no command`]),
        ...(generatedPart(text) === exampleDocument()
          ? []
          : ['its figures are not those of npx projen cost-review --example']),
      ],
      evidence: `docs/cost-review.md: ${steps.length} steps, ${withCommand.length} with a command, figures of the example month`,
    };
  },
};
