// Every end that is not the source's own stops the source.
import { CancelledError, convert, first, only, toArray } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { describe, expect, it, vi } from 'vitest';
import { strays } from '../../core/test/support.js';
import { convention, promisify } from '../src/index.js';

type Tell = { value: (...args: any[]) => void; error: (error: unknown) => void };
const shapes: Record<string, { options: object; tell: (args: any[]) => Tell }> = {
  'error-first': {
    options: {},
    tell: ([done]) => ({ value: (...args) => done(null, ...args), error: (error) => done(error) }),
  },
  pair: { options: {}, tell: ([value, error]) => ({ value, error }) },
  options: { options: {}, tell: ([{ success, error }]) => ({ value: success, error }) },
  handler: {
    options: { methods: { next: 'onNext', reject: 'onError' } },
    tell: ([{ onNext, onError }]) => ({ value: onNext, error: onError }),
  },
};

describe.each(Object.entries(shapes))('%s', (style, { options, tell }) => {
  const make = (during: (tell: Tell) => void, multiple: unknown = true) => {
    const stop = vi.fn(clearInterval);
    const convened: any = convention({ style, multiple, stop, ...options } as any);
    const fn = (...args: any[]) => {
      const teller = tell(args);
      const timer = setInterval(() => during(teller), 1);
      return timer;
    };
    return {
      stop,
      run: (given: object): Promise<unknown> =>
        (convert(fn as any, convened, promise, given as any) as any)(),
    };
  };

  it.each([
    ['an error', 'no'],
    ['an error branded as cancelled', new CancelledError()],
  ])('%s ends the run and stops the source, once', async (_what, reason) => {
    strays();
    const { stop, run } = make(({ error }) => error(reason));
    await expect(run({ fold: toArray() })).rejects.toBe(reason);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('an error inside the call does, too: what the call returns is stopped', async () => {
    const stop = vi.fn(clearInterval);
    const convened: any = convention({ style, multiple: true, stop, ...options } as any);
    const fn = (...args: any[]) => {
      tell(args).error('inside');
      return setInterval(() => {}, 1000);
    };
    await expect((convert(fn as any, convened, promise, { fold: toArray() } as any) as any)()).rejects.toBe(
      'inside',
    );
    expect(stop).toHaveBeenCalledOnce();
  });

  it('a fold that has enough, and one that has too much', async () => {
    let n = 0;
    const enough = make(({ value }) => value(n++));
    expect(await enough.run({ fold: first() })).toBe(0);
    expect(enough.stop).toHaveBeenCalledOnce();
    const many = make(({ value }) => value(n++));
    await expect(many.run({ fold: only() })).rejects.toMatchObject({ name: 'TooManyItemsError' });
    expect(many.stop).toHaveBeenCalledOnce();
  });

  it('until, and an until that throws', async () => {
    let n = 0;
    const last = make(({ value }) => value(n++), { until: (...args: unknown[]) => args.includes(2) });
    expect(await last.run({ fold: toArray() })).toEqual([0, 1, 2]);
    expect(last.stop).toHaveBeenCalledOnce();
    const until = (): boolean => {
      throw 'until';
    };
    const bad = make(({ value }) => value(1), { until });
    await expect(bad.run({ fold: toArray() })).rejects.toBe('until');
    expect(bad.stop).toHaveBeenCalledOnce();
  });

  it('an item where none has a place', async () => {
    const { stop, run } = make(({ value }) => value(1));
    const timeouts = { next: () => {}, timeout: 5 };
    await expect(run(timeouts)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(stop).toHaveBeenCalledOnce();
  });

  it('a source that has a word for its end ends by an error, too, and is not stopped', async () => {
    const stop = vi.fn();
    const convened: any = convention({ style: 'handler', multiple: true, stop });
    for (const end of ['onError', 'onCancel']) {
      const fn = (on: any) => void setImmediate(on[end], 'no');
      await expect((convert(fn as any, convened, promise, { fold: toArray() } as any) as any)()).rejects.toBe(
        'no',
      );
    }
    expect(stop).not.toHaveBeenCalled();
  });

  it('without items its own end is the source’s: nothing is stopped', async () => {
    const stop = vi.fn();
    const given = style === 'handler' ? { methods: { resolve: 'onNext', reject: 'onError' } } : {};
    const convened: any = convention({ style, stop, ...options, ...given } as any);
    for (const end of ['value', 'error'] as const) {
      const fn = (...args: any[]) => void setImmediate(() => tell(args)[end](1));
      await (promisify(fn as any, { from: convened } as any) as any)().catch(() => {});
    }
    expect(stop).not.toHaveBeenCalled();
  });
});
