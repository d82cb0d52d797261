/** Two tenants of one server call the same functions; each is to hear of its own calls in its own async context, whoever ends them. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { toCallback } from '@anyasync/callback';
import { giveHandle, only, onStray, operation, type Receiver } from '@anyasync/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertAny } from './matrix/cell.js';
import { Pair } from './matrix/pair.js';
import { values } from './matrix/values.js';
import type { Consumer, Emitter, Play } from './matrix/world.js';
import { styles } from './styles.js';

const tenant = new AsyncLocalStorage<string>();
const tenants = ['a', 'b'] as const;
const ends = ['value', 'error', 'timeout', 'abort'] as const;
type End = (typeof ends)[number];

const sinks = styles.filter(
  ({ style, writes }) => writes.later && (style.written?.context ?? style.traits.context) === 'subscriber',
);
const cells = sinks.flatMap((to) =>
  styles
    .filter((from) => from !== to && from.reads.later)
    .flatMap((from) => ends.map((end) => ({ from, to, end }))),
);
const rounds = Math.ceil(100_000 / (cells.length * tenants.length));

/** A source that answers when it is told to. */
function waiting(): { play: Play; emitters: Emitter[] } {
  const emitters: Emitter[] = [];
  const play: Play = (_self, _args, emitter, begin) => {
    const handle = { cancel: () => {} };
    begin?.(handle);
    emitters.push(emitter);
    return handle;
  };
  return { play, emitters };
}

const turn = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** In which contexts the consumers of each tenant's runs heard of them. */
async function heardIn(pair: Pair, end: End): Promise<{ count: number; wrong: string[] }> {
  const { play, emitters } = waiting();
  const needsFold = pair.reads.items && !pair.writes.items;
  const fold = needsFold && pair.reads.ends === 'complete' ? { fold: only() } : {};
  const next = needsFold && pair.reads.ends === 'value' ? { next: () => {} } : {};
  const converted = convertAny(pair.from.source(play), pair.from.style, pair.to.style, { ...fold, ...next });
  const wrong: string[] = [];
  let count = 0;
  const controllers: AbortController[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const own of tenants) {
      const controller = new AbortController();
      controllers.push(controller);
      const options =
        end === 'abort' ? { signal: controller.signal } : end === 'timeout' ? { timeout: 1 } : undefined;
      const hear = (kind: string): void => {
        if (kind !== 'item') count++;
        const where = tenant.getStore();
        if (where !== own) wrong.push(`${kind} of ${own} in ${where}`);
      };
      const on: Consumer = {
        value: () => hear('value'),
        item: () => hear('item'),
        complete: () => hear('complete'),
        error: () => hear('error'),
        abort: () => hear('abort'),
        derived: () => {},
      };
      tenant.run(own, () => {
        const result = pair.to.call(options ? converted.with(options) : converted, undefined, [], on);
        pair.to.consume?.(result as never, on);
      });
    }
  }
  await turn();
  for (const [index, controller] of controllers.entries()) {
    const other = tenants[(index + 1) % 2] as string;
    tenant.run(other, () => {
      if (end === 'abort') controller.abort(values.reason);
      else if (end === 'value') emitters[index]?.value(values.value);
      else if (end === 'error') emitters[index]?.error(values.error);
    });
  }
  for (let waited = 0; count < controllers.length && waited < 100; waited++) await turn(1);
  return { count, wrong };
}

let stop = (): void => {};
beforeAll(() => {
  stop = onStray((stray) => (stray as { preventDefault?(): void }).preventDefault?.());
});
afterAll(() => stop());

describe.each(sinks)('hostile 2: $name, whose trait says so, hears in the context of its caller', (to) => {
  for (const end of ends) {
    const from = cells.filter((cell) => cell.to === to && cell.end === end).map((cell) => cell.from);
    const title = `${end}, from each of ${from.length} styles`;
    if (end !== 'value' && to.writes.errors === 'none') {
      test.skip(`${title} (it has no place for an error)`);
      continue;
    }
    test(title, async () => {
      for (const source of from) {
        const { count, wrong } = await heardIn(new Pair(source, to), end);
        const deaf = end === 'error' && source.reads.errors === 'none';
        expect([source.name, wrong.slice(0, 3)]).toEqual([source.name, []]);
        if (!deaf) expect([source.name, count]).toEqual([source.name, rounds * tenants.length]);
      }
    });
  }
});

test('hostile 3: the options next, dispose and onHandle run in the context of the source, as RunOptions says', async () => {
  const seen: unknown[] = [];
  const see = (what: string) => (): void => void seen.push(`${what} in ${tenant.getStore()}`);
  let receiver!: Receiver<number, number>;
  const source = operation<number, number>((given) => {
    receiver = given;
    giveHandle(given, { cancel: () => {} });
  });
  const controller = new AbortController();
  const options = {
    signal: controller.signal,
    next: see('next'),
    dispose: see('dispose'),
    onHandle: see('onHandle'),
  };
  tenant.run('a', () => toCallback(source, see('callback'), options));
  tenant.run('b', () => {
    receiver.next(1);
    controller.abort();
    receiver.resolve(2);
  });
  await turn();
  expect(seen).toEqual(['onHandle in a', 'next in b', 'dispose in b', 'callback in a']);
});
