import type { Check, CheckStatus } from './check';

/** The state of a check, or how many have it. */
export function Badge({ status, count }: { status: CheckStatus; count?: number }) {
  return (
    <span class={`badge ${className(status)}`}>
      {count === undefined ? '' : `${count} `}
      {status}
    </span>
  );
}

/** One check: state, title and id, the requirement, what was seen; what was read can be opened. */
export function CheckRow({ check, hasAnchor }: { check: Check; hasAnchor: boolean }) {
  const { id, title, status, evidence, text } = check;
  return (
    <article class="check" {...(hasAnchor ? { id } : {})} data-status={className(status)}>
      <div class="state">
        <Badge status={status} />
        <span class="id">{id}</span>
      </div>
      <div>
        <strong>{title}</strong>
        {text !== undefined && <p class="requirement">{text}</p>}
        <p class="evidence">{evidence}</p>
        <Facts check={check} />
      </div>
    </article>
  );
}

function Facts({ check: { facts, asked = [] } }: { check: Check }) {
  if (facts === undefined && asked.length === 0) return null;
  return (
    <details>
      <summary>What was read</summary>
      {asked.length > 0 && <p class="soft">By {asked.join(', ')}</p>}
      {facts !== undefined && <pre>{JSON.stringify(facts, null, 2)}</pre>}
    </details>
  );
}

/** Name of a status in the style. */
export function className(status: CheckStatus): string {
  return status.replaceAll(' ', '-');
}
