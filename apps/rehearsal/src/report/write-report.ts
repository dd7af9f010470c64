import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check';
import { renderHtml } from './html';

/** One step of the rehearsal, and how long it took. */
export interface Phase {
  readonly title: string;
  readonly summary: string;
  readonly milliseconds: number;
}

/** Everything that the report shows. */
export interface Report {
  readonly stage: string;
  readonly server: string;
  readonly finishedAt: string;
  readonly phases: readonly Phase[];
  readonly checks: readonly Check[];
}

/** Writes report.json for machines and report.html for people; gives the latter's path. */
export function writeReport(folder: string, report: Report): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const html = join(folder, 'report.html');
  writeFileSync(html, renderHtml(report));
  return html;
}
