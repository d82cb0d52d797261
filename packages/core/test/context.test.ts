import { AsyncLocalStorage } from 'node:async_hooks';
import { inContext, operation, type Receiver, Run, run, startSelf } from '@anyasync/core';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => void vi.unstubAllGlobals());

describe('inContext()', () => {
  const store = new AsyncLocalStorage<string>();
  const heardIn = (context?: 'subscriber' | 'emitter'): string[] => {
    let to!: Receiver<unknown, unknown>;
    const source = operation<unknown, unknown>((receiver) => {
      to = receiver;
    });
    const log: string[] = [];
    class Heard extends Run<unknown, unknown> {
      override next(): void {
        log.push(`item in ${store.getStore()}`);
      }
      protected override fulfilled(): void {
        log.push(`value in ${store.getStore()}`);
      }
    }
    store.run('consumer', () => run(inContext(startSelf, context), new Heard(), source, []));
    store.run('source', () => {
      to.next(1);
      to.resolve(2);
    });
    return log;
  };

  it('subscriber: the consumer hears in its own async context, in the same turn', () => {
    expect(heardIn('subscriber')).toEqual(['item in consumer', 'value in consumer']);
  });

  it('emitter: in that of whoever emits, as without it', () => {
    expect(heardIn('emitter')).toEqual(['item in source', 'value in source']);
    expect(heardIn()).toEqual(['item in source', 'value in source']);
  });

  it('with a snapshot of the language where there is one', () => {
    const log: string[] = [];
    class Snapshot {
      run = (call: () => unknown): unknown => {
        log.push('entered');
        return call();
      };
    }
    vi.stubGlobal('AsyncContext', { Snapshot });
    heardIn('subscriber');
    expect(log).toEqual(['entered', 'entered']);
  });

  it('any other word, or a Node that cannot keep it, is an ArgumentError', () => {
    expect(() => heardIn('mine' as never)).toThrow(/'subscriber' or 'emitter'/);
    vi.stubGlobal('process', { versions: { node: '20.0.0' } });
    expect(() => heardIn('subscriber')).toThrow(/Node 20.16/);
  });
});
