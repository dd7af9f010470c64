import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { STYLE } from './style';

/** A page without anything from outside: no network. */
export function renderPage(title: string | undefined, ownStyle: string, body: ComponentChildren): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{`${STYLE}${ownStyle}`}</style>
      </head>
      <body>{body}</body>
    </html>
  );
  return `<!doctype html>\n${render(page)}\n`;
}

export function List({ lines }: { lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

/** A table; its first row is the head. */
export function Table({
  rows: [head = [], ...rows],
  name,
}: {
  rows: readonly (readonly string[])[];
  name?: string | undefined;
}) {
  return (
    <table class={name}>
      <thead>
        <tr>
          {head.map((cell) => (
            <th>{cell}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
