import {
  type AnyStart,
  type Operation,
  operationOf,
  type Receiver,
  Run,
  run,
  type Style,
  startSelf,
} from '@anyasync/core';
import { type Native, type StyleRecord, usual } from './record.js';
import type { Consumer, Emitter } from './world.js';

/**
 * The core itself as a style: functions that return an operation. It is nobody's style, and carries everything that the protocol can,
 * so that each loss of the others shows against it.
 */
const style: Style = {
  name: 'operation',
  traits: {
    items: true,
    lazy: true,
    replay: false,
    delivery: 'sync',
    cancel: 'stop',
    cancelled: true,
    errors: 'any',
    thenables: true,
    arguments: 'one',
    this: true,
    backpressure: true,
    context: 'emitter',
  },
  lift: (fn: Native) => (receiver: Receiver<unknown, unknown>, self: unknown, args: readonly unknown[]) =>
    (fn.apply(self, [...args]) as Operation<unknown, unknown>)['~anyasync'].start(receiver),
  lower: (start: AnyStart): Native =>
    function (...args) {
      return operationOf(start, this, args);
    },
};

class Observer extends Run<unknown, unknown> {
  constructor(private readonly on: Consumer) {
    super();
  }
  override next(item: unknown): void | PromiseLike<void> {
    return this.active ? (this.on.item(item) as PromiseLike<void> | undefined) : this.late('item', item);
  }
  protected override fulfilled(value: unknown): void {
    this.on.value(value);
  }
  protected override completed(): void {
    this.on.complete();
  }
  protected override rejected(reason: unknown): void {
    this.on.error(reason);
  }
  protected override aborted(reason: unknown): void {
    this.on.abort(reason);
  }
}

const emitterOf = (receiver: Receiver<unknown, unknown>): Emitter => ({
  value: (value) => receiver.resolve(value),
  item: (item) => receiver.next(item),
  complete: () => (receiver as Receiver<void, unknown>).complete(),
  error: (error) => receiver.reject(error),
  abort: (reason) => receiver.abort(reason),
  active: () => receiver.active,
});

export const operation: StyleRecord = {
  name: 'operation',
  package: '@anyasync/core',
  style,
  reads: { ...usual.reads, inside: true },
  writes: { ...usual.writes, throws: 'error', consumer: 'caller' },
  source: (play): Native =>
    function (...args) {
      const start = (receiver: Receiver<unknown, unknown>): void => {
        play(this, args, emitterOf(receiver), (handle) => receiver.onCancel(handle));
      };
      return { '~anyasync': { version: 1, start } };
    },
  call: (native, self, args) => native.apply(self, [...args]),
  consume: (result: Operation<unknown, unknown>, on) => {
    const observer = new Observer(on);
    run(startSelf, observer, result, []);
    return { cancel: (reason) => observer.cancel(reason) };
  },
};
