import { createServer } from 'node:net';

/** A port of the loopback address that nobody listens on. Another process may take it before we do: retry then. */
export function freePort(): Promise<number> {
  return listen(0);
}

/** Whether somebody listens on a port of the loopback address. */
export async function isTaken(port: number): Promise<boolean> {
  return listen(port).then(
    () => false,
    () => true,
  );
}

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
