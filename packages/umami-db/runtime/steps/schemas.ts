import { name } from '../sql/identifiers';
import { commentOn } from '../sql/ownership-comment';
import { ledgerSchema } from '../target/names';
import { missingComment } from './ownership-comment';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** The two schemas, each with its ownership comment in the same transaction. */
export function planSchemas({ target, facts }: Planning): Statement[] {
  const missing = [...(facts.schema ? [] : [target.schema]), ...(facts.ledgerSchema ? [] : [ledgerSchema(target)])];
  return missing.flatMap((schema) =>
    statements(`create schema ${name(schema)}`, commentOn('schema', schema, target.owner)),
  );
}

/** Ownership comments of schemas that exist: only the owner of a schema may write its comment. */
export function planComments(planning: Planning): Statement[] {
  const { target, facts } = planning;
  const found = [
    [target.schema, facts.schema],
    [ledgerSchema(target), facts.ledgerSchema],
  ] as const;
  return found.flatMap(([schema, existing]) => {
    const ownership = existing && missingComment(existing, planning);
    return ownership ? statements(commentOn('schema', schema, ownership)) : [];
  });
}
