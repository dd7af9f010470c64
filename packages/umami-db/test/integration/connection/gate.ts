import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { serverOf } from '../server';

/** What a gate does with a connection attempt. */
type Answer = (socket: Socket) => void;

/** A TCP port in front of the test server, which may be closed, break connections, or keep silent. */
export interface Gate {
  readonly port: number;
  /** How many connections came so far. */
  readonly attempts: () => number;
  /** From now on connections lead to the server. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Passes everything on to the server. */
const pass: Answer = (socket) => {
  const { port } = serverOf();
  const server = connect(port, '127.0.0.1');
  socket.pipe(server).pipe(socket);
  socket.on('error', () => server.destroy());
  server.on('error', () => socket.destroy());
};

/** What may be the matter with a port. */
export const ANSWERS = {
  pass,
  /** Takes the connection and says nothing. */
  silent: () => {},
  /** Ends the connection at once. */
  hangUp: (socket) => socket.end(),
  /** Breaks the connection at once. */
  reset: (socket) => socket.resetAndDestroy(),
  /** Answers the request for TLS as a server does that has none. */
  noTls: (socket) => socket.once('data', () => socket.write('N')),
} as const satisfies Record<string, Answer>;

/** @param first what it does before it is opened; nobody listens when left out */
export async function makeGate(first?: Answer): Promise<Gate> {
  let answer = first;
  let attempts = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    attempts += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    answer?.(socket);
  });
  const listen = async (port: number) => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  const port = await listen(0);
  if (!first) await stop();
  return {
    port,
    attempts: () => attempts,
    open: async () => {
      answer = pass;
      if (!server.listening) await listen(port);
    },
    close: stop,
  };
}
