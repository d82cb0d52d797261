/** What is not ours may throw, lie, re-enter or be polluted: one run is affected, with an error. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ArgumentError, operation } from '@anyasync/core';
import {
  firstValueFrom,
  fromObservable,
  fromSubscribable,
  isObservable,
  lastValueFrom,
  observableConvention,
  sharingOf,
  toObservable,
} from '@anyasync/observable';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { strays, thrownBy, unhandled } from '../../core/test/support.js';
import { constructors, type Emitter, later, libraries, listen, read, rx7, write } from './libraries.js';

const revoked = (): any => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const throwing = (): any =>
  new Proxy(
    {},
    {
      get() {
        throw new Error('in a trap');
      },
    },
  );

describe('hostile 4: nothing is read from Object.prototype', () => {
  const names = ['closed', 'active', 'share', 'context', 'Observable', 'name', 'defaultValue', 'EmptyError'];
  const more = [
    'add',
    'addTeardown',
    'unsubscribe',
    'signal',
    '@@observable',
    'takeUntil',
    'inspect',
    'subscribe',
  ];
  const values = [true, 0, {}, 'x'];
  const pollute = (name: string, value: unknown): void => {
    Object.defineProperty(Object.prototype, name, {
      value,
      configurable: true,
      writable: true,
      enumerable: true,
    });
    onTestFinished(() => void delete (Object.prototype as any)[name]);
  };

  it.skip('add, RxJS 8: it calls the one that a function has, for each teardown that is a function', () => {});
  it.skip('signal, RxJS 9 and the platform: addEventListener() reads it from every object, and their own subscribe() throws', () => {});
  describe.each(constructors)('%s', (_name, library) => {
    const theirs = { 'RxJS 8': 'add', 'RxJS 9 ColdObservable': 'signal', 'the platform': 'signal' } as Record<
      string,
      string
    >;
    const isOurs = (name: string): boolean => theirs[library.name] !== name;
    test.each([...names, ...more].filter(isOurs))('%s', async (name) => {
      const run = async (): Promise<unknown> => {
        const log: string[] = [];
        const source = library.make((emitter: Emitter) => {
          emitter.next(1);
          emitter.next(2);
          emitter.complete();
        });
        listen(write(read(source), library, { timeout: 1e6 }), log);
        listen(
          write(
            operation<number>((receiver) => receiver.resolve(3)),
            library,
            { share: 'replay' },
          ),
          log,
        );
        await later();
        return [log, await firstValueFrom(source), await lastValueFrom(source, {}), isObservable({})];
      };
      const expected = await run();
      for (const value of values) {
        pollute(name, value);
        const heard = await run().finally(() => void delete (Object.prototype as any)[name]);
        expect(heard).toEqual(expected);
      }
    });
  });
});

describe('hostile 5: only the names of options are options', () => {
  const made = operation<number>((receiver) => receiver.resolve(1));
  const options = { Observable: rx7.Observable };
  const calls: [string, (extra: object) => unknown][] = [
    ['toObservable', (extra) => toObservable(made, { ...options, ...extra })],
    ['observableConvention', (extra) => observableConvention({ ...options, ...extra })],
    ['firstValueFrom', (extra) => firstValueFrom(rx7.of(1), extra)],
    ['lastValueFrom', (extra) => lastValueFrom(rx7.of(1), extra)],
  ];
  const unknown = ['constructor', 'toString', 'multiArgs', 'predicate'];
  test.each(calls)('%s', (_name, call) => {
    for (const name of unknown) {
      expect(thrownBy(() => call({ [name]: () => {} }))).toMatchObject({
        name: 'ArgumentError',
        message: expect.stringContaining(`a conversion has no option ${name}`),
      });
    }
  });

  test('a style takes none of a run', () => {
    expect(() => observableConvention({ ...options, timeout: 5 } as never)).toThrow(
      'for convert() and with()',
    );
  });

  test('arguments that are not taken are refused', () => {
    const surplus: (() => unknown)[] = [
      () => (toObservable as any)(made, options, 1),
      () => (observableConvention as any)(options, 1),
      () => (firstValueFrom as any)(rx7.of(1), undefined, 1),
      () => (lastValueFrom as any)(rx7.of(1), {}, 1),
      () => (fromObservable as any)(rx7.of(1), 1),
      () => (fromSubscribable as any)(rx7.of(1), 1),
      () => (sharingOf as any)(rx7.Observable, 1),
    ];
    for (const call of surplus)
      expect(thrownBy(call)).toMatchObject({
        argument: 'arguments',
        message: expect.stringContaining('and no more'),
      });
  });
});

describe('hostile 6: options are read once, and those of a class are options', () => {
  test('toObservable', async () => {
    const reads: string[] = [];
    class Options {
      get Observable() {
        reads.push('Observable');
        return rx7.Observable;
      }
      get share(): 'replay' {
        reads.push('share');
        return reads.length > 2 ? ('other' as never) : 'replay';
      }
    }
    let starts = 0;
    const made = operation<number>((receiver) => receiver.resolve(++starts));
    const observable: any = toObservable(made, new Options() as never);
    expect([await firstValueFrom(observable), await firstValueFrom(observable)]).toEqual([1, 1]);
    expect(reads.sort()).toEqual(['Observable', 'share']);
  });
});

describe('hostile 7: isObservable never throws', () => {
  const hostile: [string, () => any][] = [
    ['a revoked proxy', revoked],
    ['a proxy whose traps throw', throwing],
    [
      'a getter that throws',
      () => ({
        get [Symbol.for('observable')]() {
          throw new Error();
        },
        get '@@observable'() {
          throw new Error();
        },
      }),
    ],
  ];
  test.each(hostile)('%s', async (_name, make) => {
    expect(isObservable(make())).toBe(false);
    expect(thrownBy(() => fromObservable(make()))).toBeInstanceOf(ArgumentError);
    expect(thrownBy(() => firstValueFrom(make()))).toBeInstanceOf(ArgumentError);
  });
});

describe('hostile 8: any reason settles every run, and nothing is thrown into the source', () => {
  const reasons: [string, () => unknown][] = [
    ['a revoked proxy', revoked],
    ['a proxy whose traps throw', throwing],
    ['undefined', () => undefined],
    ['an object without a prototype', () => Object.create(null)],
  ];
  describe.each(reasons)('%s', (_reason, make) => {
    test.each(libraries)('%s, read', async (_name, library) => {
      const reason = make();
      const given: unknown[] = [];
      const source = library.make((emitter) => void setTimeout(() => emitter.error(reason)));
      const rejections = await unhandled(async () => {
        await firstValueFrom(source).catch((error) => given.push(error));
        await lastValueFrom(source).catch((error) => given.push(error));
      });
      expect(given.map((error) => Object.is(error, reason))).toEqual([true, true]);
      expect(rejections).toEqual([]);
    });

    test.each(constructors)('%s, written', async (_name, library) => {
      const reason = make();
      const given: unknown[] = [];
      const thrown: unknown[] = [];
      const failing = operation<void>((receiver) => {
        try {
          receiver.reject(reason);
        } catch (error) {
          thrown.push(error);
        }
      });
      listen(write(failing, library), [], { error: (error: unknown) => given.push(error) });
      await later();
      expect([given.length, Object.is(given[0], reason), thrown]).toEqual([1, true, []]);
    });
  });

  test('a subscriber that throws is a stray, and its source goes on', () => {
    const heard = strays();
    const mistake = new Error('in a subscriber');
    class Own {
      constructor(private readonly start: (subscriber: any) => any) {}
      subscribe(): void {
        const fails = (): void => {
          throw mistake;
        };
        this.start({ next: fails, error: fails, complete: fails });
      }
    }
    let went = 0;
    const source = operation<void, number>((receiver) => {
      receiver.next(1);
      receiver.next(2);
      receiver.complete();
      went++;
    });
    (toObservable(source, { Observable: Own as never }) as any).subscribe();
    expect(went).toBe(1);
    expect(heard.map(({ kind, value }) => [kind, value])).toEqual(new Array(3).fill(['thrown', mistake]));
  });
});

describe("hostile 2: with context: 'subscriber', every end is heard in the subscriber's context", () => {
  const tenant = new AsyncLocalStorage<string>();
  const ends: Record<string, (given: { emitter?: any; controller: AbortController }) => void> = {
    item: ({ emitter }) => emitter.next(1),
    value: ({ emitter }) => emitter.resolve(1),
    complete: ({ emitter }) => emitter.complete(),
    error: ({ emitter }) => emitter.reject(new Error()),
    cancelled: ({ emitter }) => emitter.abort(new Error()),
    timeout: () => {},
    abort: ({ controller }) => controller.abort(new Error('other')),
  };
  describe.each(constructors)('%s', (_name, library) => {
    test.each(Object.entries(ends))('%s', async (_end, act) => {
      const given: { emitter?: any; controller: AbortController } = { controller: new AbortController() };
      const source = operation<any, any>((receiver) => {
        given.emitter = receiver;
      });
      const heard: unknown[] = [];
      const hear = (): void => void heard.push(tenant.getStore());
      const options = { context: 'subscriber', signal: given.controller.signal, timeout: 10 };
      const observable = tenant.run('other', () => write(source, library, options));
      const observer = { next: hear, error: hear, complete: hear };
      tenant.run('me', () => void observable.subscribe(observer));
      tenant.run('other', () => act(given));
      await new Promise((done) => setTimeout(done, 20));
      expect(heard.length).toBeGreaterThan(0);
      expect(new Set(heard)).toEqual(new Set(['me']));
    });
  });
});
