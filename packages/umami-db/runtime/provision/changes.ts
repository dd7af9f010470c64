import type { Section, Statement } from '../steps/statement';
import type { Plan } from './plan';

/** What a section changes: each migration by its name, everything else by its statement or a sentence. */
export function changesOf({ statements }: Section): string[] {
  const texts = statements.filter(({ sql }) => !sql.startsWith('set local ')).map(changeOf);
  return texts.filter((text, index) => text !== texts[index - 1]);
}

export function allChangesOf({ sections }: Pick<Plan, 'sections'>): string[] {
  return sections.flatMap(changesOf);
}

/** From a verifier or a hash a password can be guessed, given time: it belongs into the statement, not into a report. */
function changeOf({ sql, migration, title }: Statement): string {
  if (migration !== undefined) return `migration ${migration}`;
  return (
    title ??
    sql
      .trim()
      .replace(/\s*\n\s*/g, ' ')
      .replace(/ password (= )?'[^']*'/, " password $1'…'")
  );
}
