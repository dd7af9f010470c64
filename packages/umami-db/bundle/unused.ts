// Stands in for what the bundle never calls: `jiti` and `glob`, with which node-pg-migrate loads migration files (ours are
// compiled in); and of the driver the readers of .pgpass, connection strings and intervals.

function unused(): never {
  throw new Error(
    'This is not part of the bundle: migrations are compiled in, and connections are given piece by piece.',
  );
}

export const createJiti = () => unused;
export const glob = unused;
