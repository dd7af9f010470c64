// Stands in for `jiti` and `glob` in the bundle: node-pg-migrate loads migration files with them, and ours are compiled in.

function unused(): never {
  throw new Error('Migration files are not loaded here: the migrations are part of the bundle.');
}

export const createJiti = () => unused;
export const glob = unused;
