import { stageOf } from '../../account/deployed-stage';
import type { Criterion } from '../criterion';
import { baselinesOf, inWords, NO_BASELINE, type ObservedBaselines } from './baselines';

/** `1.2.AC5`: there is a baseline of before the first DDL, and one of now that can be compared with it. */
export const baseline: Criterion<ObservedBaselines> = {
  id: '1.2.AC5',
  observe: baselinesOf,
  evaluate({ before, comparison }, expected) {
    if (!before) return { wrong: [], evidence: 'no baseline', unknown: NO_BASELINE };
    const { name } = stageOf(expected).database;
    const { identity, figures } = before;
    const wrong = [
      ...(identity.database === name ? [] : [`the baseline is of database ${identity.database} instead of ${name}`]),
      ...(identity.hasUmami ? ["Umami's schema or database role existed when the baseline was measured"] : []),
      ...(figures.length > 0 ? [] : ['the baseline holds no figures']),
    ];
    const evidence = `before: ${inWords(before)}`;
    if (!comparison) return { wrong, evidence, unknown: 'nothing was measured to compare it with' };
    const { refused, after } = comparison;
    if (refused.length > 0) return { wrong, evidence, unknown: `it cannot be compared: ${refused.join(' ')}` };
    return { wrong, evidence: `${evidence}; after: ${comparison.figures.length} compared on ${after.capturedAt}` };
  },
};
