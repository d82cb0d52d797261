import { attribute, onStray, operation, Run, reportStray, type Stray, warn } from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { brief, inChild, Recorder, record, strays, uncaught, warnings } from './support.js';

describe('onStray', () => {
  it('names what came: its kind, its value, and whether the run had been cancelled', () => {
    const heard = strays();
    const run = new Recorder();
    run.resolve(1);
    run.resolve(2);
    run.reject(3);
    run.next(4);
    run.abort(5);
    run.complete();
    run._crash(6);
    expect(heard.map(({ kind, value, cancelled }) => [kind, value, cancelled])).toEqual([
      ['value', 2, false],
      ['error', 3, false],
      ['item', 4, false],
      ['abort', 5, false],
      ['complete', undefined, false],
      ['thrown', 6, false],
    ]);
  });

  it('runs inside the late call', () => {
    const order: string[] = [];
    const stop = onStray((stray) => {
      stray.preventDefault();
      order.push('stray');
    });
    const run = new Recorder();
    run.resolve(1);
    run.resolve(2);
    order.push('after');
    stop();
    expect(order).toEqual(['stray', 'after']);
  });

  it('observes: the default acts, too, unless a listener prevents it, until its returned function is called', async () => {
    const heard: Stray[] = [];
    let prevents = false;
    const stop = onStray((stray) => {
      expect(stray.defaultPrevented).toBe(false);
      if (prevents) stray.preventDefault();
      expect(stray.defaultPrevented).toBe(prevents);
      heard.push(stray);
    });
    const error = new Error('thrown');
    expect(await uncaught(() => reportStray('thrown', error))).toEqual([error]);
    prevents = true;
    expect(await uncaught(() => reportStray('thrown', error))).toEqual([]);
    expect(await warnings(() => reportStray('error', error))).toEqual([]);
    stop();
    stop();
    expect(await uncaught(() => reportStray('thrown', error))).toEqual([error]);
    expect(heard).toHaveLength(3);
  });

  it('the same function registered twice is two registrations', () => {
    let count = 0;
    const listener = (stray: Stray): void => {
      stray.preventDefault();
      count++;
    };
    const [one, two] = [onStray(listener), onStray(listener)];
    reportStray('value', 1);
    expect(count).toBe(2);
    one();
    reportStray('value', 1);
    expect(count).toBe(3);
    two();
  });

  it('a listener that throws is an uncaught exception of the host; the others still hear', async () => {
    const heard: unknown[] = [];
    const stopFirst = onStray(() => {
      throw 'listener';
    });
    const stopSecond = onStray((stray) => {
      stray.preventDefault();
      heard.push(stray.value);
    });
    const run = new Recorder();
    run.resolve(1);
    expect(await uncaught(() => expect(() => run.resolve(2)).not.toThrow())).toEqual(['listener']);
    expect(heard).toEqual([2]);
    stopFirst();
    stopSecond();
  });

  it('a listener may remove itself while it hears', () => {
    const heard: string[] = [];
    const stopA = onStray((stray) => {
      stray.preventDefault();
      heard.push('a');
      stopA();
    });
    const stopB = onStray((stray) => {
      stray.preventDefault();
      heard.push('b');
    });
    reportStray('value', 1);
    reportStray('value', 2);
    stopB();
    expect(heard).toEqual(['a', 'b', 'b']);
  });

  it('attribute names the source of what is delivered inside it', () => {
    const heard = strays();
    const source = (): void => {};
    const run = new Recorder();
    run.resolve(1);
    attribute(source, () => run.resolve(2));
    run.resolve(3);
    expect(heard.map((stray) => stray.source)).toEqual([source, undefined]);
  });

  it('attribute ends with its call, also when that throws', () => {
    const heard = strays();
    expect(() =>
      attribute({}, () => {
        throw new Error('inside');
      }),
    ).toThrow('inside');
    reportStray('value', 1);
    expect(heard[0]?.source).toBeUndefined();
  });

  it('a start that throws after it settled is a stray of the kind thrown', () => {
    const heard = strays();
    const error = new Error('after');
    const recorder = record(
      operation<number>((receiver) => {
        receiver.resolve(1);
        throw error;
      }),
    );
    expect(recorder.log).toEqual(['value 1']);
    expect(brief(heard)).toEqual([['thrown', error]]);
  });
});

describe('the default, while nobody listens', () => {
  it('gives one AnyasyncWarning per source for what comes too late', async () => {
    const twice = function loadTwice(): void {};
    const late = (value: unknown): void => {
      const run = new Recorder();
      run.resolve(0);
      attribute(twice, () => run.resolve(value));
    };
    const given = await warnings(() => {
      late(1);
      late(2);
      attribute(
        function other() {},
        () => reportStray('error', 3),
      );
    });
    expect(given.map((warning) => warning.name)).toEqual(['AnyasyncWarning', 'AnyasyncWarning']);
    expect(given[0]?.message).toMatch(/^\[core\] .*loadTwice\(\).*onStray/s);
  });

  it("carries a late error's message, and its stack as the detail", async () => {
    const error = new Error('disk\nfull');
    const [warning] = await warnings(() =>
      attribute(
        function save() {},
        () => reportStray('error', error),
      ),
    );
    expect((warning as { detail?: string }).detail).toBe(error.stack);
    expect(warning?.message).toContain('a late error by save() (disk\\nfull);');
  });

  it('hostile 16: 20,000 late values of no known source are one warning for each kind and second', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1e12 });
    try {
      const given = await warnings(() => {
        for (let i = 0; i < 20_000; i++) {
          const run = new Recorder();
          run.resolve(0);
          run.resolve(1);
        }
        reportStray('error', new Error('another kind'));
        vi.setSystemTime(1e12 + 1000);
        reportStray('value', 2);
        vi.setSystemTime(0); // a clock that was set back
        reportStray('value', 3);
      });
      expect(given.map(({ message }) => message.split(' ', 4)[3])).toEqual([
        'value;',
        'error',
        'value;',
        'value;',
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is silent after a cancellation, whatever comes', async () => {
    const run = new Recorder();
    run.cancel();
    const given = await warnings(() => {
      run.resolve(1);
      run.reject(new Error('late'));
      run.next(1);
      run.complete();
      run.abort();
    });
    expect(given).toEqual([]);
  });

  it('gives something thrown to the host even after a cancellation', async () => {
    class Throwing extends Run<number> {}
    const run = new Throwing();
    run.cancel();
    expect(await uncaught(() => run._crash('thrown late'))).toEqual(['thrown late']);
  });

  it('warn gives a warning with the type AnyasyncWarning', async () => {
    const [warning] = await warnings(() => warn('[core] something. Do something.'));
    expect(warning).toMatchObject({ name: 'AnyasyncWarning', message: '[core] something. Do something.' });
  });
});

describe('in a process of its own', () => {
  const imports = `
    import { operation, outcome, reportStray, attribute } from '@anyasync/core';
    import { promisify } from '@anyasync/callback';
    const turn = () => new Promise((done) => setImmediate(done));
  `;

  it('something thrown after the end ends the process as an uncaught exception, with its own stack', () => {
    const { status, err, out } = inChild(`${imports}
      const op = operation((receiver) => { receiver.resolve(1); throw new Error('after the end'); });
      console.log(JSON.stringify(await outcome(op)));
      await turn();
      console.log('not reached');
    `);
    expect(status).toBe(1);
    expect(err).toContain('after the end');
    expect(err).toContain('at ');
    expect(out).not.toContain('not reached');
  });

  it('late calls are one warning per function on stderr, cancelled ones none, and the process lives', () => {
    const { status, err, out } = inChild(`${imports}
      function loadTwice(done) { done(null, 1); done(null, 2); done(new Error('3')); }
      function tooLate(done) { setTimeout(done, 5, null, 'late'); }
      const load = promisify(loadTwice);
      console.log(await load(), await load(), await load());
      const cancelled = promisify(tooLate).with({ signal: AbortSignal.timeout(1) });
      await cancelled().catch((error) => console.log(error.name));
      await new Promise((done) => setTimeout(done, 10));
    `);
    expect(out).toBe('1 1 1\nTimeoutError\n');
    expect(err.match(/AnyasyncWarning/g)).toHaveLength(1);
    expect(err).toContain('loadTwice()');
    expect(status).toBe(0);
  });
});
