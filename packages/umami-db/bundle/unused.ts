// Replaces what the bundle never calls: the driver's readers of .pgpass, connection strings and intervals.

function unused(): never {
  throw new Error('This is not part of the bundle: connections are given piece by piece.');
}

export = unused;
