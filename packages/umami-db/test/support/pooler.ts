import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { makeCertificates } from '@user-metrics/postgres-server';
import { Client, type ClientConfig } from 'pg';
import type { ConnectionOptions } from '../../runtime/connection/connect';

/** A session of the server, which lies in the pool while no client has it. */
interface Session {
  readonly socket: Socket;
  /** Told about each message of the server. */
  onMessage: (message: Buffer) => void;
}

/** Length of a message (Int32) stands after its type (Byte1), and does not count the type. */
const lengthOf = (bytes: Buffer) => 1 + bytes.readInt32BE(1);
const message = (type: string, ...content: Buffer[]) => {
  const head = Buffer.from(`${type}\0\0\0\0`);
  head.writeInt32BE(4 + Buffer.concat(content).length, 1);
  return Buffer.concat([head, ...content]);
};
const AUTHENTICATED = message('R', Buffer.alloc(4));
const KEY = message('K', Buffer.from([127, 0, 0, 1]), Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));

/** Opens a session as the administrator, and takes the connection over from the driver. */
async function openSession(server: ClientConfig): Promise<Session> {
  const client = new Client(server).on('error', () => {});
  await client.connect();
  const socket = (client as unknown as { connection: { stream: Socket } }).connection.stream;
  socket.removeAllListeners().on('error', () => {});
  const session: Session = { socket, onMessage: () => {} };
  let bytes = Buffer.alloc(0);
  socket.on('data', (data) => {
    bytes = Buffer.concat([bytes, data]);
    while (bytes.length >= 5 && bytes.length >= lengthOf(bytes)) {
      const length = lengthOf(bytes);
      session.onMessage(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
    }
  });
  return session;
}

/**
 * A connection pooler as PgBouncer is one, for one administrator. It asks its clients for no password, and gives the free
 * sessions away in turn.
 *
 * @param free sessions that are open from the beginning
 * @param size most sessions
 */
export async function startPooler(
  server: ClientConfig,
  mode: 'transaction' | 'session',
  free = 0,
  size = Number.POSITIVE_INFINITY,
) {
  const { caCertificate, certificate: cert, privateKey: key } = await makeCertificates();
  const pool = await Promise.all(Array.from({ length: free }, () => openSession(server)));
  const all = new Set(pool);
  const waiting: ((session: Session) => void)[] = [];
  let opened = free;
  const take = async () => {
    const session = pool.shift();
    if (session) return session;
    if (opened === size) return new Promise<Session>((resolve) => waiting.push(resolve));
    opened += 1;
    return openSession(server);
  };
  const serve = async (client: TLSSocket) => {
    let session: Session | undefined;
    let last = Promise.resolve();
    const release = () => {
      if (session) (waiting.shift() ?? ((unused) => pool.push(unused)))(session);
      session = undefined;
    };
    const forward = async (data: Buffer) => {
      // The end of a client is not the end of a session.
      if (data.toString('latin1', 0, 1) === 'X') return;
      session ??= await take();
      all.add(session);
      session.onMessage = (bytes) => {
        if (mode === 'transaction' && bytes.equals(READY)) release();
        client.write(bytes);
      };
      session.socket.write(data);
    };
    // As PgBouncer does with a session that a client leaves within a transaction.
    client
      .on('error', () => {})
      .on('close', () => {
        if (!session) return;
        session.socket.destroy();
        opened -= 1;
      });
    await once(client, 'data');
    client.write(Buffer.concat([AUTHENTICATED, KEY, READY]));
    client.on('data', (data) => (last = last.then(() => forward(data))));
  };
  const listener = createServer((socket) => {
    socket.once('data', () => {
      socket.write('S');
      void serve(new TLSSocket(socket, { isServer: true, cert, key }));
    });
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = listener.address() as AddressInfo;
  const address: Pick<ConnectionOptions, 'port' | 'certificateAuthority'> = {
    port,
    certificateAuthority: caCertificate,
  };
  return {
    ...address,
    close: () => {
      listener.close();
      for (const { socket } of all) socket.destroy();
    },
  };
}
