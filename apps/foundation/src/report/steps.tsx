import type { Phase } from './report';

/** How long each step took, beside the longest one. */
export function Steps({ phases }: { phases: readonly Phase[] }) {
  if (phases.length === 0) return null;
  const longest = Math.max(1, ...phases.map(({ milliseconds }) => milliseconds));
  const total = phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return (
    <section id="steps">
      <h2>Steps, {seconds(total)} in all</h2>
      <table class="steps">
        <tbody>
          {phases.map(({ title, summary, milliseconds }) => (
            <tr>
              <td>
                {title}
                <p class="evidence">{summary}</p>
              </td>
              <td class="bar">
                <i style={`width:${Math.max(1, Math.round((100 * milliseconds) / longest))}%`} />
              </td>
              <td class="number">{seconds(milliseconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
