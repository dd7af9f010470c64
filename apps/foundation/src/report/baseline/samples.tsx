import { amount, type ComparedFigure } from '@user-metrics/umami-db/verification';

const [WIDTH, LINE, MARGIN, LABEL] = [256, 12, 4, 40];

/** Every measurement as a dot, before above after, with their medians, on one scale. */
export function Samples({ figure, hasChanged }: { figure: ComparedFigure; hasChanged: boolean }) {
  const { before, after, medianBefore, medianAfter, unit, name } = figure;
  const all = [...before, ...after];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const x = (value: number) => LABEL + MARGIN + ((value - least) / (most - least || 1)) * (WIDTH - LABEL - 2 * MARGIN);
  const rows = [
    { label: 'before', values: before, median: medianBefore, y: LINE },
    { label: 'after', values: after, median: medianAfter, y: 2 * LINE + 2 },
  ];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${3 * LINE + 6}`} role="img" aria-label={`${name}: all measurements before and after`}>
      {rows.map(({ label, values, median, y }) => (
        <g class={`dots ${hasChanged || label === 'before' ? label : 'before'}`}>
          <text x="0" y={y + 3}>
            {label}
          </text>
          <line class="axis" x1={LABEL} x2={WIDTH} y1={y} y2={y} style="stroke-width: 1; stroke: var(--line)" />
          {values.map((value) => (
            <circle cx={x(value).toFixed(1)} cy={y} r="2.5" />
          ))}
          {median !== null && <line x1={x(median)} x2={x(median)} y1={y - 5} y2={y + 5} />}
        </g>
      ))}
      <text x={LABEL} y={3 * LINE + 4}>
        {amount(least, unit)}
      </text>
      <text x={WIDTH} y={3 * LINE + 4} text-anchor="end">
        {amount(most, unit)}
      </text>
    </svg>
  );
}
