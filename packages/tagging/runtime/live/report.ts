import Table from 'cli-table3';
import { describeCostAllocation } from '../../src/cost-allocation';
import type { Finding, Summary } from './check';
import type { CostTags } from './cost-tags';

/** Receives findings as they come, and at the end the numbers and the state of the cost allocation tags, or why there are none. */
export interface Report {
  add(finding: Finding): void;
  end(summary: Summary, costTags: CostTags): void;
  /** Instead of the end, when the account cannot be read any further. */
  fail(reason: string): void;
}

/** Findings that the table shows; `--json` lists all. */
const ROWS = 200;

/** For reading: a table of the findings, then what was and what was not checked. */
export function tableReport(write: (text: string) => void): Report {
  const table = new Table({ head: ['resource', 'what is wrong', 'see its tags'], style: { head: [], border: [] } });
  let found = 0;
  return {
    add(finding) {
      found += 1;
      if (found > ROWS) return;
      const wrong = finding.state === 'unread' ? `not read: ${finding.reason}` : finding.problems.join('\n');
      table.push([nameOf(finding), wrong, finding.command]);
    },
    end(summary, costTags) {
      if (found > 0) write(`${table.toString()}\n`);
      if (found > ROWS) write(`… and ${found - ROWS} more: --json lists all.\n`);
      write(`${sentence(summary)}\n`);
      for (const [type, { count, reason }] of Object.entries(summary.untaggable).sort())
        write(`  not checked: ${count} × ${type}: ${reason}\n`);
      for (const line of costTagLines(costTags)) write(`${line}\n`);
    },
    fail() {
      if (found > 0) write(`${table.toString()}\nNot all was read: there are no numbers.\n`);
    },
  };
}

/** For machines: one JSON document, written while the findings come. */
export function jsonReport(write: (text: string) => void): Report {
  let separator = '{"findings":[';
  const ending = () => (separator === ',' ? '\n],' : `${separator}],`);
  return {
    add(finding) {
      write(`${separator}\n${JSON.stringify(finding)}`);
      separator = ',';
    },
    end(summary, costTags) {
      write(`${ending()}\n"summary":${JSON.stringify(summary)},\n"costAllocationTags":${JSON.stringify(costTags)}}\n`);
    },
    fail(reason) {
      write(`${ending()}\n"error":${JSON.stringify(reason)}}\n`);
    },
  };
}

function nameOf({ stack, logicalId, type, id }: Finding): string {
  const place = stack ? `${stack}/${logicalId}` : id;
  return type ? `${place}\n${type}` : place;
}

function sentence({ resources, checked, compliant, unread }: Summary): string {
  const notRead = unread > 0 ? `, ${unread} could not be read` : '';
  const share = checked > 0 ? ` (${((100 * compliant) / checked).toFixed(1)} %)` : '';
  return `${resources} resources: ${checked} taggable ones checked, ${compliant} comply${share}${notRead}.`;
}

function costTagLines(costTags: CostTags): string[] {
  if ('unknown' in costTags) return [`Cost allocation tags: not known: ${costTags.unknown}.`];
  return describeCostAllocation(costTags);
}
