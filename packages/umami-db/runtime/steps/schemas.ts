import { name } from '../sql/identifiers';
import { markSchema } from '../sql/ownership-comment';
import { ledgerSchema } from '../target/names';
import { missingMark } from './ownership-comment';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** The two schemas, each with its mark: what exists unmarked is never ours. */
export function planSchemas({ target, facts }: Planning): Statement[] {
  const missing = [...(facts.schema ? [] : [target.schema]), ...(facts.ledgerSchema ? [] : [ledgerSchema(target)])];
  return missing.flatMap((schema) => statements(`create schema ${name(schema)}`, markSchema(schema, target.owner)));
}

/** Marks on schemas that exist: only their owner may write them. */
export function planMarks(planning: Planning): Statement[] {
  const { target, facts } = planning;
  const found = [
    [target.schema, facts.schema],
    [ledgerSchema(target), facts.ledgerSchema],
  ] as const;
  return found.flatMap(([schema, existing]) => {
    const mark = existing && missingMark(existing, planning);
    return mark ? statements(markSchema(schema, mark)) : [];
  });
}
