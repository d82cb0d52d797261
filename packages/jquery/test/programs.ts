// Random programs over Deferreds, interpreted the same way against jQuery's Deferred and ours: both must give the same event log.
import fc from 'fast-check';

export type Op =
  | { op: 'new' }
  | {
      op: 'add';
      on: number;
      how: 'done' | 'fail' | 'progress' | 'always';
      callbacks: Callback[];
      nested: boolean;
    }
  | { op: 'then'; on: number; how: 'then' | 'pipe'; callbacks: (Callback | null)[] }
  | { op: 'catch'; on: number; callback: Callback }
  | { op: 'when'; values: Value[] }
  | {
      op: 'settle';
      on: number;
      how: 'resolve' | 'reject' | 'notify';
      bare: 'no' | 'bare' | 'other';
      args: Value[];
    }
  | {
      op: 'settleWith';
      on: number;
      how: 'resolveWith' | 'rejectWith' | 'notifyWith';
      context: Value;
      args: Value[] | undefined;
    }
  | { op: 'mix'; on: number }
  | { op: 'state'; on: number }
  | { op: 'drain' };
export type Value =
  | { is: 'n'; n: number }
  | { is: 'undefined' | 'null' | 'error' | 'typeError' | 'array' }
  | { is: 'deferred'; on: number }
  | { is: 'thenable'; acts: ('resolve' | 'reject' | 'notify' | 'throw')[]; later: boolean; with: Value };
export interface Callback {
  id: number;
  ops: Op[];
  end: { throws: boolean; value: Value };
}

const on = fc.nat(7);
const { op: opArbitrary } = fc.letrec<{ op: Op; value: Value; callback: Callback }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ is: fc.constant('n' as const), n: fc.nat(9) }) },
    {
      weight: 2,
      arbitrary: fc.record({ is: fc.constantFrom('undefined', 'null', 'error', 'typeError', 'array') }),
    },
    { weight: 3, arbitrary: fc.record({ is: fc.constant('deferred' as const), on }) },
    {
      weight: 2,
      arbitrary: fc.record({
        is: fc.constant('thenable' as const),
        acts: fc.array(fc.constantFrom('resolve', 'reject', 'notify', 'throw'), { maxLength: 3 }),
        later: fc.boolean(),
        with: tie('value'),
      }),
    },
  ) as fc.Arbitrary<Value>,
  callback: fc.record({
    id: fc.nat(99),
    ops: fc.array(tie('op'), { maxLength: 2, depthIdentifier: 'op', size: 'small' }),
    end: fc.record({ throws: fc.integer({ min: 0, max: 5 }).map((n) => n === 0), value: tie('value') }),
  }) as fc.Arbitrary<Callback>,
  op: fc.oneof(
    { depthIdentifier: 'op', maxDepth: 3, withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant({ op: 'new' as const }) },
    { weight: 2, arbitrary: fc.constant({ op: 'drain' as const }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('state' as const), on }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('mix' as const), on }) },
    {
      weight: 6,
      arbitrary: fc.record({
        op: fc.constant('settle' as const),
        on,
        how: fc.constantFrom('resolve', 'reject', 'notify'),
        bare: fc.constantFrom('no', 'no', 'bare', 'other'),
        args: fc.array(tie('value'), { maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constant('settleWith' as const),
        on,
        how: fc.constantFrom('resolveWith', 'rejectWith', 'notifyWith'),
        context: tie('value'),
        args: fc.option(fc.array(tie('value'), { maxLength: 3 }), { nil: undefined }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constant('when' as const),
        values: fc.array(tie('value'), { maxLength: 3 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        op: fc.constant('add' as const),
        on,
        how: fc.constantFrom('done', 'fail', 'progress', 'always'),
        callbacks: fc.array(tie('callback'), { minLength: 1, maxLength: 2 }),
        nested: fc.boolean(),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        op: fc.constant('then' as const),
        on,
        how: fc.constantFrom('then', 'then', 'pipe'),
        callbacks: fc.array(fc.option(tie('callback')), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('catch' as const), on, callback: tie('callback') }) },
  ) as unknown as fc.Arbitrary<Op>,
}));
export const program: fc.Arbitrary<Op[]> = fc.array(opArbitrary, { minLength: 3, maxLength: 14 });

export interface Library {
  Deferred: any;
  when: (...values: any[]) => any;
}
/** The timers of a program, in their order. */
export const clock: (() => void)[] = [];

/** The event log of a program. */
export function interpret(ops: readonly Op[], { Deferred, when }: Library): string[] {
  const log: string[] = [];
  const objects: any[] = [];
  const names = new Map<unknown, string>();
  let fuel = 120;
  /** What pipes return is followed synchronously: with promises made by other pipes it can go in a circle for ever, in jQuery too. */
  const roots: unknown[] = [];
  clock.length = 0;
  const show = (value: unknown): string => {
    if (names.has(value)) return names.get(value) as string;
    if (Array.isArray(value)) return `[${Array.from(value, show).join()}]`;
    if (value instanceof Error || Object.prototype.toString.call(value) === '[object Error]')
      return `${(value as Error).name}${(value as Error).message === 'mine' ? '!' : ''}`;
    if (typeof value === 'function') return 'function';
    return typeof value === 'object' && value !== null ? 'object' : String(value);
  };
  const keep = (object: any, name: string): any => {
    if (!names.has(object)) {
      names.set(object, `${name}${objects.length}`);
      objects.push(object);
      if (name === 'd' || name === 'p') roots.push(object);
    }
    return object;
  };
  const guarded = (what: string, act: () => void): void => {
    try {
      act();
    } catch (error) {
      log.push(`${what} throws ${show(error)}`);
    }
  };
  const at = (index: number): any => objects[index % objects.length];
  const valueFor = (value: Value): unknown => {
    switch (value.is) {
      case 'n':
        return value.n;
      case 'undefined':
        return undefined;
      case 'null':
        return null;
      case 'error':
        return new Error('mine');
      case 'typeError':
        return new TypeError('mine');
      case 'array':
        return [1, [2]];
      case 'deferred':
        return at(value.on);
      case 'thenable':
        return {
          then(...given: ((...args: unknown[]) => void)[]) {
            log.push(`then(${given.map((each) => typeof each)})`);
            const what = valueFor(value.with);
            const act = (): void => {
              for (const each of value.acts) {
                if (each === 'throw') throw new RangeError('mine');
                const go = given[{ resolve: 0, reject: 1, notify: 2 }[each]];
                go?.(what, 'second');
              }
            };
            if (value.later) setTimeout(act);
            else act();
          },
        };
    }
  };
  const callback = ({ id, ops: inner, end }: Callback, pipes = false) =>
    function (this: unknown, ...args: unknown[]): unknown {
      if (--fuel < 0) return undefined;
      log.push(`#${id} this ${show(this)} args ${show(args)}`);
      for (const each of inner) perform(each);
      if (end.throws) throw valueFor(end.value);
      if (pipes && end.value.is === 'deferred') return roots[end.value.on % roots.length];
      return valueFor(end.value);
    };
  const perform = (op: Op): void => {
    if (--fuel < 0) return;
    if (objects.length === 0) keep(Deferred(), 'd');
    switch (op.op) {
      case 'new':
        keep(Deferred(), 'd');
        return void keep(objects.at(-1).promise(), 'p');
      case 'drain':
        return drain();
      case 'state':
        return void log.push(`${show(at(op.on))} ${at(op.on).state()}`);
      case 'mix':
        return void keep(at(op.on).promise({}), 'm');
      case 'add':
        return guarded(op.how, () => {
          const list = op.callbacks.map((each) => callback(each));
          const target = at(op.on);
          const answer = op.nested ? target[op.how]([list, [null]], 'no function') : target[op.how](...list);
          log.push(`${op.how} returns ${answer === target}`);
        });
      case 'then':
        return guarded(op.how, () => {
          keep(
            at(op.on)[op.how](
              ...op.callbacks.map((each) => (each === null ? null : callback(each, op.how === 'pipe'))),
            ),
            't',
          );
        });
      case 'catch':
        return guarded('catch', () => void keep(at(op.on).catch(callback(op.callback)), 'c'));
      case 'when':
        return guarded('when', () => void keep(when(...op.values.map(valueFor)), 'w'));
      case 'settle':
        return guarded(op.how, () => {
          const target = at(op.on);
          const settle = target[op.how];
          if (settle === undefined) return;
          const self = { no: target, bare: undefined, other: objects[0] }[op.bare];
          log.push(`${op.how} returns ${settle.apply(self, op.args.map(valueFor)) === self}`);
        });
      case 'settleWith':
        return guarded(op.how, () => void at(op.on)[op.how]?.(valueFor(op.context), op.args?.map(valueFor)));
    }
  };
  const drain = (): void => {
    for (let due = clock.shift(); due !== undefined && --fuel > -400; due = clock.shift())
      guarded('timer', due);
  };
  Deferred.exceptionHook = (error: unknown, asyncError: unknown) =>
    log.push(`hook ${show(error)} ${asyncError}`);
  let captured = 0;
  Deferred.getErrorHook = () => ++captured;
  for (const op of ops) perform(op);
  drain();
  for (const object of objects) log.push(`${show(object)} ends ${object.state()}`);
  return log;
}
