import { callbackify, promisify, promisifyAll } from 'anyasync';
import jwt, { type GetPublicKeyOrSecret, type JwtPayload } from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

type Sign = (
  payload: object,
  secret: string,
  options: jwt.SignOptions,
  done: (error: Error | null, token?: string) => void,
) => void;
type Verify = (
  token: string,
  secret: string | GetPublicKeyOrSecret,
  done: (error: jwt.VerifyErrors | null, payload?: JwtPayload) => void,
) => void;
const sign = promisify(jwt.sign as Sign);
const verify = promisify(jwt.verify as Verify);

const token = jwt.sign({ sub: 'me' }, 'secret', { noTimestamp: true });
const expired = jwt.sign({ sub: 'me', exp: 1 }, 'secret', { noTimestamp: true });

testHost<null>({
  name: 'jsonwebtoken 9.0.3',
  converted: 'promisify(jwt.verify)',
  open: () => null,
  same: [
    ['a token', () => sign({ sub: 'me' }, 'secret', { noTimestamp: true }), () => token],
    [
      'a wrong option',
      () => sign({}, 'secret', { expiresIn: 'x' as never }),
      () => jwt.sign({}, 'secret', { expiresIn: 'x' as never }),
    ],
    ['a payload', () => verify(token, 'secret'), () => jwt.verify(token, 'secret')],
    ['a wrong secret', () => verify(token, 'wrong'), () => jwt.verify(token, 'wrong')],
    ['an expired token', () => verify(expired, 'secret'), () => jwt.verify(expired, 'secret')],
  ],
  slow: (_, options) => verify.with(options)(token, () => {}), // its key never comes
  works: async () => expect(await verify(token, 'secret')).toEqual({ sub: 'me' }),
  more() {
    test('a key that is fetched by an async function: callbackify', async () => {
      const key = async ({ alg }: jwt.JwtHeader) => (alg === 'HS256' ? 'secret' : 'none');
      expect(await verify(token, callbackify(key) as GetPublicKeyOrSecret)).toEqual({ sub: 'me' });
      const refuse = async (_: jwt.JwtHeader): Promise<string> => Promise.reject(new Error('no key'));
      await expect(verify(token, callbackify(refuse) as GetPublicKeyOrSecret)).rejects.toThrow('no key');
    });

    test('a view of the module: verify and verifyAsync, decode and the classes of its errors', async () => {
      const view = promisifyAll(jwt);
      await expect((view as any).verifyAsync(token, 'wrong')).rejects.toBeInstanceOf(view.JsonWebTokenError);
      expect(view.decode(token)).toEqual({ sub: 'me' });
    });
  },
});
