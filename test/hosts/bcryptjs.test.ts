import { convention, promisify } from 'anyasync';
import bcrypt from 'bcryptjs';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

type Compare = (
  password: string,
  hash: string,
  done: (error: Error | null, isSame?: boolean) => void,
) => void;
type Hash = (
  password: string,
  salt: string | number,
  done: (error: Error | null, hash?: string) => void,
) => void;
type HashAndTell = (
  password: string,
  salt: string,
  done: (error: Error | null, hash: string) => void,
  tell: (share: number) => void,
) => void;
const compare = promisify(bcrypt.compare as Compare);
const hash = promisify(bcrypt.hash as Hash);
const salt = '$2b$04$abcdefghijklmnopqrstuu';

testHost<null>({
  name: 'bcryptjs 3.0.3',
  converted: 'promisify(bcrypt.hash)',
  open: () => null,
  same: [
    ['a hash', () => hash('password', salt), () => bcrypt.hash('password', salt)],
    ['an error', () => hash('password', 'no salt'), () => bcrypt.hash('password', 'no salt')],
    ['a comparison', () => compare('password', 'x'), () => bcrypt.compare('password', 'x')],
  ],
  fast: true,
  many: 50, // each is calculated to its end
  slow: (_, options) => hash.with(options)('password', salt),
  works: async () => expect(await compare('password', await hash('password', salt))).toBe(true),
  more() {
    test('the callback is not the last argument: position says where it is', async () => {
      const shares: number[] = [];
      const hashAt = promisify(bcrypt.hash as HashAndTell, { from: convention({ position: 2 }) });
      expect(await hashAt('password', salt, (share: number) => shares.push(share))).toBe(
        await bcrypt.hash('password', salt),
      );
      expect(shares.at(-1)).toBe(1);
    });
  },
});
