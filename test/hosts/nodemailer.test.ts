import { promisify, promisifyAll } from 'anyasync';
import nodemailer, { type Transporter } from 'nodemailer';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

const letter = {
  from: 'me@example.com',
  to: 'you@example.com',
  subject: 'Hello',
  text: 'it works',
  messageId: '<1@it>',
  date: new Date(0),
};
type Sent = { readonly envelope: { readonly to: string[] }; readonly message: string };
type Send = (mail: object, done: (error: Error | null, sent: Sent) => void) => void;
const send = (transport: Transporter) => promisify(transport.sendMail.bind(transport) as Send);

testHost<Transporter>({
  name: 'nodemailer 8.0.2',
  converted: 'promisify(transport.sendMail.bind(transport))',
  open: () => nodemailer.createTransport({ jsonTransport: true }) as unknown as Transporter,
  emitters: (transport) => [transport],
  same: [
    ['a letter', (transport) => send(transport)(letter), (transport) => transport.sendMail(letter)],
    [
      'an error',
      (transport) => send(transport)({ ...letter, text: { path: '/there/is/none' } }),
      (transport) => transport.sendMail({ ...letter, text: { path: '/there/is/none' } }),
    ],
  ],
  fast: true,
  slow: (transport, options) => send(transport).with(options)(letter),
  works: async (transport) =>
    expect((await send(transport)(letter)).envelope.to).toEqual(['you@example.com']),
  more(transport) {
    test('a view: sendMailAsync beside sendMail, and its emitter as it is', async () => {
      const view = promisifyAll(transport());
      expect(JSON.parse(((await view.sendMailAsync(letter)) as unknown as Sent).message).text).toBe(
        'it works',
      );
      expect(view.sendMail(letter)).toBeInstanceOf(Promise);
      expect(view.listenerCount('error')).toBe(transport().listenerCount('error'));
    });
  },
});
