import { EXAMPLE_REVIEW, reviewOf } from '@user-metrics/foundation';
import { COST_REVIEW_FORMATS } from '@user-metrics/foundation/report';
import { type Figure, time } from './figure';

const RUNS = 5;
const MONTHS = 12;
const SERVICES = 40;

/** What it takes to write a year's review in each of its formats. */
export async function measureCostReview(): Promise<Figure[]> {
  const ofProject = Array.from({ length: MONTHS * SERVICES }, (_, index) => ({
    month: `2026-${String((index % MONTHS) + 1).padStart(2, '0')}`,
    service: `Service ${index % SERVICES}`,
    component: 'Umami',
    amount: index,
  }));
  const values: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    values.push(
      await time(async () => {
        const review = reviewOf({ ...EXAMPLE_REVIEW, month: '2026-12', ofProject });
        for (const format of Object.values(COST_REVIEW_FORMATS)) format(review);
      }),
    );
  }
  return [{ what: `cost review of ${MONTHS} months and ${SERVICES} services`, unit: 'ms', limit: 2000, values }];
}
