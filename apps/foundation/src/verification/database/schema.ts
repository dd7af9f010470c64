import type { VerifyAnswer } from '@user-metrics/umami-db/verification';
import { databaseFacts } from '../../account/database-function';
import { stageOf } from '../../account/deployed-stage';
import { stageStackName } from '../../stacks/stack-names';
import type { Criterion } from '../criterion';

/** `1.2.AC1`: the schema exists in the database of the configuration, and its ownership comment names this stage. */
export const schema: Criterion<Pick<VerifyAnswer, 'database' | 'server' | 'schema'>> = {
  id: '1.2.AC1',
  observe: databaseFacts,
  evaluate({ database, server, schema: found }, expected) {
    const { name, schema: wanted } = stageOf(expected).database;
    const owner = `${stageStackName(expected.stage, 'Database')}/${expected.stage}`;
    const elsewhere = database === name ? [] : [`the function is connected to database ${database} instead of ${name}`];
    if (!found)
      return { wrong: [...elsewhere, `there is no schema ${wanted}`], evidence: `database ${database}, no schema` };
    const { ownership } = found;
    return {
      wrong: [
        ...elsewhere,
        ...(found.name === wanted ? [] : [`the schema is ${found.name} instead of ${wanted}`]),
        ...(ownership === owner ? [] : [`the ownership comment names ${ownership ?? 'nobody'} instead of ${owner}`]),
      ],
      evidence: `schema ${found.name} in database ${database} of PostgreSQL ${server}, owned by ${found.owner}, ownership comment ${ownership}`,
    };
  },
};
