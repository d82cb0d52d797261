import { getEventListeners } from 'node:events';
import { convert, first, isCancelled, operation, type Receiver, sync, toArray } from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { brief, strays, thrownBy, turns, uncaught, unhandled } from '../../core/test/support.js';
import { fromPromise, promise, toPromise } from '../src/index.js';

const op = (start: (receiver: Receiver<any, any>) => void): any => operation<any, any>(start);

describe('toPromise', () => {
  it('gives a native promise of the value, and starts the work at once', async () => {
    let started = false;
    const made = toPromise(
      op((to) => {
        started = true;
        to.resolve(1);
      }),
    );
    expect(started).toBe(true);
    expect(made).toBeInstanceOf(Promise);
    expect(Object.getPrototypeOf(made)).toBe(Promise.prototype);
    expect(await made).toBe(1);
  });

  it('is asynchronous, also where the work ended inside the call', async () => {
    const order: string[] = [];
    const made = toPromise(op((to) => to.resolve(1))).then(() => order.push('heard'));
    order.push('after');
    await made;
    expect(order).toEqual(['after', 'heard']);
  });

  it('rejects with the same object, a falsy one too', async () => {
    const error = { not: 'an Error' };
    await expect(toPromise(op((to) => to.reject(error)))).rejects.toBe(error);
    await expect(toPromise(op((to) => to.reject(undefined)))).rejects.toBeUndefined();
  });

  it('rejects with what starting throws', async () => {
    const error = new Error('threw');
    const throwing = op(() => {
      throw error;
    });
    await expect(toPromise(throwing)).rejects.toBe(error);
  });

  it('adopts a value that is a thenable', async () => {
    expect(await toPromise(op((to) => to.resolve(Promise.resolve(2))))).toBe(2);
    await expect(toPromise(op((to) => to.resolve(Promise.reject('inner'))))).rejects.toBe('inner');
  });

  it('a source that was cancelled rejects with the reason given there, or a CancelledError', async () => {
    await expect(toPromise(op((to) => to.abort('gone')))).rejects.toBe('gone');
    await expect(toPromise(op((to) => to.abort(undefined)))).rejects.toSatisfy(isCancelled);
  });

  it('a completed operation is undefined', async () => {
    expect(await toPromise(op((to) => to.complete()))).toBeUndefined();
  });

  it('an item without a fold is an UnexpectedItemError, and stops the source', async () => {
    const stopped = vi.fn();
    const items = op((to) => {
      to.onCancel(stopped);
      to.next('item');
    });
    await expect(toPromise(items)).rejects.toMatchObject({ name: 'UnexpectedItemError', item: 'item' });
    expect(stopped).toHaveBeenCalledOnce();
  });

  it('a rejection that nobody hears is an unhandled rejection, as of every promise', async () => {
    const error = new Error('unheard');
    const reasons = await unhandled(() => void toPromise(op((to) => to.reject(error))));
    expect(reasons).toEqual([error]);
  });

  it('a second settle is a stray, and the promise keeps the first', async () => {
    const heard = strays();
    const made = toPromise(
      op((to) => {
        to.resolve(1);
        to.reject('late');
      }),
    );
    expect(await made).toBe(1);
    expect(brief(heard)).toEqual([['error', 'late']]);
  });

  it('a throw after the value is a stray of the kind thrown, by default an uncaught exception', async () => {
    const error = new Error('after');
    const late = op((to) => {
      to.resolve(1);
      throw error;
    });
    expect(await uncaught(async () => expect(await toPromise(late)).toBe(1))).toEqual([error]);
  });
});

describe('toPromise with options', () => {
  it('signal cancels the work and rejects with its reason, the same object', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const stopped = vi.fn();
    const made = toPromise(
      op((to) => to.onCancel(stopped)),
      { signal: controller.signal },
    );
    controller.abort(reason);
    expect(stopped).toHaveBeenCalledExactlyOnceWith(reason);
    await expect(made).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('an aborted signal starts nothing', async () => {
    const start = vi.fn();
    await expect(toPromise(op(start), { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    expect(start).not.toHaveBeenCalled();
  });

  it('signal reaches the factory of fromPromise', async () => {
    const controller = new AbortController();
    let inner!: AbortSignal;
    const made = toPromise(
      fromPromise((signal) => {
        inner = signal;
        return new Promise(() => {});
      }),
      { signal: controller.signal },
    );
    controller.abort('enough');
    await expect(made).rejects.toBe('enough');
    expect(inner.reason).toBe('enough');
  });

  it('timeout, dispose, next, and a fold', async () => {
    await expect(
      toPromise(
        op(() => {}),
        { timeout: 1 },
      ),
    ).rejects.toMatchObject({ name: 'TimeoutError', timeout: 1 });
    const disposed: unknown[] = [];
    let late!: Receiver<any>;
    const made = toPromise(
      op((to) => (late = to)),
      { timeout: 1, dispose: (value) => disposed.push(value) },
    );
    await expect(made).rejects.toThrow();
    late.resolve('late');
    expect(disposed).toEqual(['late']);
    const items = op((to) => {
      to.next('a');
      to.next('b');
      to.resolve(undefined);
    });
    expect(await toPromise(items, { fold: toArray() } as any)).toEqual(['a', 'b']);
    expect(await toPromise(items, { fold: first() } as any)).toBe('a');
    const seen: unknown[] = [];
    expect(await toPromise(items, { next: (item: unknown) => void seen.push(item) } as any)).toBeUndefined();
    expect(seen).toEqual(['a', 'b']);
  });

  it('throws, and does not reject, for what cannot be meant', () => {
    expect(thrownBy(() => toPromise(Promise.resolve() as any))).toMatchObject({
      name: 'ArgumentError',
      argument: 'operation',
    });
    for (const [argument, options] of [
      ['options', 5],
      ['options', null],
      ['signal', { signal: 5 }],
      ['timeout', { timeout: -1 }],
      ['fold', { fold: 'first' }],
    ] as const) {
      expect(
        thrownBy(() =>
          toPromise(
            op(() => {}),
            options as any,
          ),
        ),
        argument,
      ).toMatchObject({
        name: 'ArgumentError',
        argument,
      });
    }
  });
});

describe('round trips', () => {
  it('toPromise(fromPromise(promise)) is that promise, when nothing was asked', () => {
    const made = Promise.resolve(1);
    expect(toPromise(fromPromise(made))).toBe(made);
    expect(toPromise(fromPromise(made), { timeout: 1000 })).not.toBe(made);
  });

  it('of a promise that rejects leaves its handling to whoever has it', async () => {
    const made = Promise.reject(new Error('no'));
    const back = toPromise(fromPromise(made));
    expect(back).toBe(made);
    await expect(back).rejects.toThrow('no');
  });

  it('of a thenable is a native promise of the same value', async () => {
    const thenable: any = { then: (resolve: any) => resolve(1) };
    const back = toPromise(fromPromise(thenable));
    expect(back).toBeInstanceOf(Promise);
    expect(await back).toBe(1);
  });

  it('of a subclass of Promise is the very object', () => {
    class Mine<T> extends Promise<T> {}
    const made = new Mine<number>((resolve) => resolve(1));
    expect(toPromise(fromPromise(made))).toBe(made);
  });
});

describe('the style promise', () => {
  const load = async (n: number): Promise<number> => n + 1;

  it('read: a function that returns no promise is an ArgumentError that says what to do', async () => {
    const wrong: any = convert((() => 5) as any, promise, { ...promise } as any, { timeout: 1000 });
    await expect(wrong()).rejects.toMatchObject({ name: 'ArgumentError', received: 5 });
    await expect(wrong()).rejects.toThrow(/sync/);
  });

  it('written: every throw of the original is a rejection', async () => {
    const throwing = convert(
      (() => {
        throw new Error('threw');
      }) as () => number,
      sync,
      promise,
    );
    await expect(throwing()).rejects.toThrow('threw');
  });

  it('read: cancelling stops what hangs on the promise, such as the child of exec', async () => {
    const kill = vi.fn();
    const child = { kill, spawnargs: [], exitCode: null, signalCode: null };
    const exec = (): any => Object.assign(new Promise(() => {}), { child });
    const handles: unknown[] = [];
    const run: any = convert(exec as any, promise, promise, {
      timeout: 1,
      onHandle: (handle: unknown) => void handles.push(handle),
    });
    await expect(run()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(kill).toHaveBeenCalledExactlyOnceWith();
    expect(handles).toEqual([child]);
  });

  it('read: what hangs on the promise and is no child process is nobody to stop', async () => {
    const child = { kill: vi.fn(), abort: undefined, cancel: undefined };
    const run: any = convert(
      (() => Object.assign(new Promise(() => {}), { child })) as any,
      promise,
      promise,
      {
        timeout: 1,
      },
    );
    await expect(run()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(child.kill).not.toHaveBeenCalled();
  });

  it('read: a promise that two calls returned, an argument, or the own this is stopped for none of them', async () => {
    const cached: any = Object.assign(new Promise(() => {}), { cancel: vi.fn() });
    const run: any = convert((() => cached) as any, promise, promise, { timeout: 50 } as any);
    run().catch(() => {});
    await expect(run.with({ timeout: 1 })()).rejects.toMatchObject({ name: 'TimeoutError' });
    const given: any = Object.assign(new Promise(() => {}), { cancel: vi.fn() });
    const same: any = convert(((it: any) => it) as any, promise, promise, { timeout: 1 });
    await expect(same(given)).rejects.toMatchObject({ name: 'TimeoutError' });
    const self: any = convert(
      function (this: any) {
        return this;
      } as any,
      promise,
      promise,
      { timeout: 1 },
    );
    await expect(self.call(given)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect([cached.cancel.mock.calls, given.cancel.mock.calls]).toEqual([[], []]);
    await expect(same.with({ stop: 'cancel' })(given)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(given.cancel).toHaveBeenCalledOnce();
  });

  it('read: a promise that can be cancelled itself is its own handle', async () => {
    const cancel = vi.fn();
    const fetching = (): any => Object.assign(new Promise(() => {}), { cancel, retries: { count: 0 } });
    const run: any = convert(fetching as any, promise, promise, { timeout: 1 });
    await expect(run()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('read: looking for a handle runs no getter of the promise', async () => {
    const getter = vi.fn(() => {
      throw new Error('getter');
    });
    const lazy = (): any =>
      Object.defineProperty(Promise.resolve(1), 'lazy', { enumerable: true, get: getter });
    expect(await (convert(lazy as any, promise, promise, { timeout: 1000 }) as any)()).toBe(1);
    expect(getter).not.toHaveBeenCalled();
  });

  it('read: a rejection branded as cancelled is a cancellation; the reason comes through', async () => {
    const reason = Object.assign(new (await import('@anyasync/core')).CancelledError('mine'));
    const run = convert(async (): Promise<number> => Promise.reject(reason), promise, promise, {
      timeout: 1000,
    });
    await expect(run()).rejects.toBe(reason);
  });

  it('keeps this, name and length', async () => {
    const object = {
      n: 1,
      async add(m: number): Promise<number> {
        return this.n + m;
      },
    };
    const timed = convert(object.add, promise, promise, { timeout: 1000 });
    expect(await (timed as any).call(object, 2)).toBe(3);
    expect([timed.name, timed.length]).toEqual(['add', 1]);
    expect(await convert(load, promise, promise, { timeout: 1000 })(1)).toBe(2);
    await turns(1);
  });
});
