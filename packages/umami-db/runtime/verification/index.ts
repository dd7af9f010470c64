export {
  type Baseline,
  type BaselineIdentity,
  type BaselinePart,
  extendBaseline,
  type Figure,
  type FigureGroup,
  type FigureOf,
  figureKey,
  type NotRead,
} from '../baseline/baseline';
export { compareBaselines } from '../baseline/compare';
export type { BaselineComparison, ComparedFigure, Verdict } from '../baseline/comparison';
export { amount, type BaselineSection, baselineMarkdown, baselineSections, summaryOf } from '../baseline/report';
export { POSTGRESQL } from '../connection/releases';
export type {
  AnsweredConnections,
  AnsweredIsolation,
  AnsweredMigrations,
  AnsweredSecret,
  AnsweredTables,
  AnsweringDatabase,
  BaselineAnswer,
  DatabaseSnapshot,
  Hashes,
  HealthProbe,
  LeftOut,
  OutsideRight,
  OwnedSchema,
  ProbeAnswer,
  SchemaSnapshot,
  StatusAnswer,
  UmamiDatabaseRole,
  VerificationAction,
  VerificationAnswers,
  VerificationRequest,
  VerifyAnswer,
} from './answer';
export { snapshotDifferences } from './differences';
export { FIRST_CAPTURE, type FirstCapture, firstCaptureIn, firstCaptureLines } from './first-capture';
export { OTHER_SECRET_KEYS, SECRET_KEYS } from './secret-keys';
