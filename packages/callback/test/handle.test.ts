import child from 'node:child_process';
import { getEventListeners } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcome } from '@anyasync/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { brief, strays, turns } from '../../core/test/support.js';
import { convention, fromCallback, promisify } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T) => void;
const never =
  (handle: unknown): any =>
  (_done: Done): unknown =>
    handle;
const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** Runs it until its handle is there, and aborts. */
async function aborted(fn: any, reason: unknown = 'enough'): Promise<unknown> {
  const controller = new AbortController();
  const made = fn.with({ signal: controller.signal })();
  expect(listeners(controller.signal)).toBe(1);
  controller.abort(reason);
  expect(listeners(controller.signal)).toBe(0);
  return made.catch((error: unknown) => error);
}

describe('an abort stops what the original returned', () => {
  it.each(['abort', 'cancel'])('by its %s, without being told', async (method) => {
    const handle = {
      calls: [] as unknown[][],
      [method](...args: unknown[]) {
        (this as any).calls.push(args);
      },
    };
    expect(await aborted(promisify(never(handle)))).toBe('enough');
    expect(handle.calls).toEqual([['enough']]);
  });

  it.each(['destroy', 'kill', 'close'])('by its %s only where { stop } says so', async (method) => {
    const stopped = vi.fn();
    const handle = { [method]: stopped };
    expect(await aborted(promisify(never(handle)))).toBe('enough');
    expect(stopped).not.toHaveBeenCalled();
    // only abort and cancel are known to take a reason: for the others it would be an error event, a signal, or a callback
    expect(await aborted(promisify(never(handle), { stop: method } as any))).toBe('enough');
    expect(stopped).toHaveBeenCalledExactlyOnceWith();
  });

  it('by the first it has of cancel and abort, and by one only', async () => {
    const methods = ['abort', 'cancel'];
    const called: string[] = [];
    for (let count = 1; count <= methods.length; count++) {
      const handle = Object.fromEntries(
        methods.slice(0, count).map((name) => [name, () => called.push(name)]),
      );
      await aborted(promisify(never(handle)));
    }
    expect(called).toEqual(methods);
  });

  it('by an inherited method, and one of a function', async () => {
    class Request {
      aborted = false;
      abort(): void {
        this.aborted = true;
      }
    }
    const request = new Request();
    await aborted(promisify(never(request)));
    expect(request.aborted).toBe(true);
    const cancel = vi.fn();
    await aborted(promisify(never(Object.assign(() => {}, { cancel }))));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('by { stop }: a name or a function, which takes the handle, also a number', async () => {
    const finish = vi.fn();
    await aborted(
      promisify(never({ finish, abort: () => expect.unreachable() }), {
        from: convention({ stop: 'finish' }) as any,
      }),
    );
    expect(finish).toHaveBeenCalledOnce();
    const stop = vi.fn();
    await aborted(promisify(never(7), { from: convention({ stop }) as any }));
    expect(stop).toHaveBeenCalledExactlyOnceWith(7, 'enough');
  });

  it('a timer, with clearTimeout', async () => {
    const fired = vi.fn();
    const wait = promisify(((done: Done) => setTimeout(() => done(fired()), 5)) as any, {
      from: convention({ stop: clearTimeout as any }) as any,
    });
    expect(await aborted(wait)).toBe('enough');
    await new Promise((done) => setTimeout(done, 15));
    expect(fired).not.toHaveBeenCalled();
  });

  it('does without where there is nothing to stop', async () => {
    const heard = strays();
    for (const handle of [undefined, null, 5, 'id', true, {}, [], () => {}]) {
      expect(await aborted(promisify(never(handle)))).toBe('enough');
    }
    expect(heard).toEqual([]);
  });

  it('a method that throws is a stray, and the promise rejects with the reason all the same', async () => {
    const heard = strays();
    const handle = {
      abort() {
        throw 'cannot';
      },
    };
    expect(await aborted(promisify(never(handle)))).toBe('enough');
    expect(brief(heard)).toEqual([['thrown', 'cannot']]);
  });

  it('stops nothing after the end, and runs nothing twice', async () => {
    const abort = vi.fn();
    const controller = new AbortController();
    const fn: any = promisify(((done: Done) => {
      done(null, 1);
      return { abort };
    }) as any);
    expect(await fn.with({ signal: controller.signal })()).toBe(1);
    controller.abort();
    expect(abort).not.toHaveBeenCalled();
  });

  it('stops a handle that was returned after the abort, inside the call', async () => {
    const abort = vi.fn();
    const controller = new AbortController();
    const fn: any = promisify((() => {
      controller.abort('inside');
      return { abort };
    }) as any);
    await expect(fn.with({ signal: controller.signal })()).rejects.toBe('inside');
    expect(abort).toHaveBeenCalledExactlyOnceWith('inside');
  });

  it('a timeout does, too', async () => {
    const abort = vi.fn();
    await expect(promisify(never({ abort })).with({ timeout: 1 })()).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(abort).toHaveBeenCalledOnce();
  });

  it("with { cancel: 'detach' } nothing is stopped", async () => {
    const abort = vi.fn();
    const fn = promisify(never({ abort })).with({ timeout: 1, cancel: 'detach' });
    await expect(fn()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(abort).not.toHaveBeenCalled();
  });

  it('an operation has no signal: its consumer cancels', async () => {
    expect(await outcome(fromCallback(((done: Done) => done(null, 1)) as any) as any)).toMatchObject({
      value: 1,
    });
  });
});

describe('the late callback', () => {
  it('is dropped in silence when it only says that it was aborted, or that it is done after all', async () => {
    const heard = strays();
    let done!: Done;
    const controller = new AbortController();
    const fn: any = promisify(((given: Done) => {
      done = given;
      return { abort: (reason: unknown) => given(reason) };
    }) as any);
    const reason = new Error('enough');
    const made = fn.with({ signal: controller.signal })();
    controller.abort(reason);
    await expect(made).rejects.toBe(reason);
    expect(heard).toEqual([]);
    done(null, 'late');
    expect(heard.map((stray) => [stray.kind, stray.cancelled])).toEqual([['value', true]]);
  });

  it('fs.open that succeeds after the cancellation is closed by dispose', async () => {
    const dir = fs.mkdtempSync(join(tmpdir(), 'anyasync-handle-'));
    onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }));
    const file = join(dir, 'a.txt');
    fs.writeFileSync(file, 'text');
    const controller = new AbortController();
    let resolve!: (fd: number) => void;
    const disposed = new Promise<number>((done) => (resolve = done));
    const open = promisify(fs.open as any).with({
      signal: controller.signal,
      dispose: (fd: any) => fs.close(fd, () => resolve(fd)),
    });
    const made = open(file, 'r');
    controller.abort('enough'); // before the answer can be there
    await expect(made).rejects.toBe('enough');
    const fd = await disposed;
    expect(fd).toBeTypeOf('number');
    expect(() => fs.fstatSync(fd)).toThrow('EBADF');
  });

  it('without dispose it would have stayed open: the stray has it', async () => {
    const heard = strays();
    const controller = new AbortController();
    const made = promisify(fs.open as any).with({ signal: controller.signal })('package.json', 'r');
    controller.abort('enough');
    await expect(made).rejects.toBe('enough');
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject({ kind: 'value', cancelled: true, source: fs.open });
    const fd = heard[0]?.value as number;
    expect(fs.fstatSync(fd).isFile()).toBe(true);
    fs.closeSync(fd);
  });
});

describe('listeners', () => {
  it('are removed on every end: value, error, throw, abort, timeout', async () => {
    const fns: any[] = [
      (done: Done) => done(null, 1),
      (done: Done) => void setImmediate(done, null, 1),
      (done: Done) => done('no'),
      (done: Done) => void setImmediate(done, 'no'),
      () => {
        throw 'threw';
      },
      () => {},
    ];
    const { signal } = new AbortController();
    for (const fn of fns) {
      await promisify(fn)
        .with({ signal, timeout: 5 })()
        .catch(() => {});
      expect(listeners(signal)).toBe(0);
    }
  });

  it('are one, however many calls are under way', async () => {
    const { signal } = new AbortController();
    const fn = promisify(((done: Done) => void setImmediate(done, null, 1)) as any).with({ signal });
    const made = [fn(), fn(), fn()];
    expect(listeners(signal)).toBe(1);
    await Promise.all(made);
    expect(listeners(signal)).toBe(0);
  });
});

describe("util.promisify.custom's child is the handle", () => {
  const gone = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  const forever = 'setInterval(() => {}, 1000)';

  it.each([
    ['execFile', child.execFile, [process.execPath, ['-e', forever]]],
    ['exec', child.exec, [`exec "${process.execPath}" -e "${forever}"`]],
  ])('%s, cancelled half way: the process is gone', async (_name, fn, args) => {
    strays(); // killed, it answers with an error, after the cancellation
    const controller = new AbortController();
    let handle!: child.ChildProcess;
    const made = promisify(fn as any).with({
      signal: controller.signal,
      onHandle: (given: any) => {
        handle = given;
      },
    })(...(args as []));
    await new Promise((done) => handle.once('spawn', done));
    expect(gone(handle.pid as number)).toBe(false);
    const exit = new Promise((done) => handle.once('exit', (_code, signal) => done(signal)));
    controller.abort('enough');
    await expect(made).rejects.toBe('enough');
    expect(await exit).toBe('SIGTERM');
    await vi.waitFor(() => expect(gone(handle.pid as number)).toBe(true));
    await turns();
  });
});
