/// <reference types="office-js" />
import { convention, convert, promise } from 'anyasync';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';

/** What Office.js gives a callback: one object that says whether it went well. */
type Result<T> = Pick<Office.AsyncResult<T>, 'status' | 'value' | 'error' | 'asyncContext'>;
type Options = { readonly asyncContext?: unknown };
type Done<T> = (result: Result<T>) => void;

/** A mail in a host of our own: Office itself runs in a browser only. The rules of its callbacks are the documented ones. */
class Body {
  private text = 'Hello';
  private answer<T>(value: T, error: unknown, { asyncContext }: Options, done: Done<T>): void {
    const status = error === undefined ? 'succeeded' : 'failed';
    setImmediate(done, { status, value, error, asyncContext } as unknown as Result<T>);
  }
  getAsync(type: string, options: Options, done: Done<string>): void {
    const error =
      type === 'text' ? undefined : { name: 'InvalidArgument', message: `no type ${type}`, code: 5000 };
    this.answer(this.text, error, options, done);
  }
  setAsync(text: string, options: Options, done: Done<void>): void {
    this.text = text;
    this.answer(undefined, undefined, options, done);
  }
}

const whole = convention({ style: 'value-only' });
const get = (body: Body) => {
  const read = convert(body.getAsync.bind(body), whole, promise);
  return Object.assign(async (type: string): Promise<string> => succeeded(await read(type, {})), {
    with: (options: Parameters<typeof read.with>[0]) => async (type: string) =>
      succeeded(await read.with(options)(type, {})),
  });
};
/** The status inside the value is read by hand. */
function succeeded<T>({ status, value, error }: Result<T>): T {
  if (String(status) === 'failed')
    throw Object.assign(new Error(error.message), { name: error.name, code: error.code });
  return value;
}

testHost<Body>({
  name: 'Office.js (types 1.0.612)',
  converted: 'convert(item.body.getAsync, valueCallback, promise)',
  open: () => new Body(),
  same: [['a body', (body) => get(body)('text'), async () => 'Hello']],
  slow: (body, options) => get(body).with(options)('text'),
  fast: true,
  works: async (body) => expect(await get(body)('text')).toBe('Hello'),
  more: (body) => {
    test('an error inside the value', async () => {
      expect(await ending(() => get(body())('html'))).toMatchObject({ name: 'InvalidArgument', code: 5000 });
    });

    test.skip('a convention whose value says itself whether it is an error, with asyncContext kept: it cannot be said yet', () => {});
  },
});
