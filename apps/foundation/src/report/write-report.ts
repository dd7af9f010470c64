import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sections } from './check';
import { renderHtml } from './html';
import type { Report } from './report';

/** Writes report.json for machines and report.html for people; gives the latter's path. */
export function writeReport(folder: string, report: Report, sections: Sections): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const html = join(folder, 'report.html');
  writeFileSync(html, renderHtml(report, sections));
  return html;
}
