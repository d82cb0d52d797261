/** The part of PostgreSQL's wire protocol that a client of the simple query needs: a script says what each query gives. */
import { createServer, type Server, type Socket } from 'node:net';

/** The rows of one text column named `value`, an error's SQLSTATE and message, or never, for no answer. */
export type Answer = readonly string[] | { readonly code: string; readonly message: string } | 'never';

const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const int = (bytes: 2 | 4, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntBE(value, 0, bytes);
  return buffer;
};
const message = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int(4, body.length + 4), body]);
};
const ready = message('Z', Buffer.from('I'));
const welcome = Buffer.concat([
  message('R', int(4, 0)), // authenticated
  message('S', text('server_version'), text('16.0')),
  message('K', int(4, 1), int(4, 2)), // what cancels
  ready,
]);
const column = message(
  'T',
  int(2, 1),
  text('value'),
  int(4, 0),
  int(2, 0),
  int(4, 25),
  int(2, -1),
  int(4, -1),
  int(2, 0),
);

function answerTo(answer: Answer): Buffer {
  if (answer === 'never') return Buffer.alloc(0);
  if ('code' in answer) {
    const fields = [`SERROR`, `VERROR`, `C${answer.code}`, `M${answer.message}`].map(text);
    return Buffer.concat([message('E', ...fields, Buffer.from([0])), ready]);
  }
  const rows = answer.map((row) => message('D', int(2, 1), int(4, Buffer.byteLength(row)), Buffer.from(row)));
  return Buffer.concat([column, ...rows, message('C', text(`SELECT ${rows.length}`)), ready]);
}

/** A server that answers as the script says. */
export const pgServer = (script: (query: string) => Answer): Server =>
  createServer((socket: Socket) => {
    let bytes = Buffer.alloc(0);
    let isStarted = false;
    socket.on('error', () => {}); // a client that is gone
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      // The first message has no type; each says its length.
      for (let head = isStarted ? 1 : 0; bytes.length >= head + 4; head = 1) {
        const end = head + bytes.readInt32BE(head);
        if (bytes.length < end) return;
        const type = isStarted ? String.fromCharCode(bytes[0] as number) : 'start';
        const body = bytes.subarray(head + 4, end);
        bytes = bytes.subarray(end);
        isStarted = true;
        if (type === 'start') socket.write(welcome);
        else if (type === 'Q') socket.write(answerTo(script(body.toString('utf8', 0, body.length - 1))));
        else if (type === 'X') socket.end();
      }
    });
  });
