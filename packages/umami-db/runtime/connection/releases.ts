/** Major releases of PostgreSQL: the oldest that is accepted, and those that each release of this package is tested with. */
export const POSTGRESQL: { readonly oldest: number; readonly tested: readonly number[] } = {
  // gen_random_uuid() is part of PostgreSQL since this release.
  oldest: 13,
  tested: [14, 15, 16, 17, 18],
};
