export { POSTGRESQL } from '../connection/releases';
export type {
  AnsweredConnections,
  AnsweredIsolation,
  AnsweredMigrations,
  AnsweredSecret,
  AnsweredTables,
  AnsweringDatabase,
  DatabaseSnapshot,
  Hashes,
  LeftOut,
  OutsideRight,
  OwnedSchema,
  SchemaSnapshot,
  StatusAnswer,
  UmamiDatabaseRole,
  VerificationAction,
  VerificationAnswers,
  VerificationRequest,
  VerifyAnswer,
} from './answer';
export { snapshotDifferences } from './differences';
export { OTHER_SECRET_KEYS, SECRET_KEYS } from './secret-keys';
