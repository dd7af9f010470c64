/** Conditions of PostgreSQL that several modules tell apart, by the names of its manual (appendix A). */
export const SQLSTATE = {
  insufficientPrivilege: '42501',
  invalidCatalogName: '3D000',
  invalidPassword: '28P01',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  tooManyConnections: '53300',
} as const;

/** Whether the server answered with such an error. */
export function isSqlstate(error: unknown, condition: keyof typeof SQLSTATE): boolean {
  return (error as { code?: string }).code === SQLSTATE[condition];
}
