/**
 * Two tenants share every source and every sink: what one of them does never runs the other's callbacks in its own async context, however a run ends.
 * 100,000 runs over all pairs of styles whose written trait says that the consumer runs in its own context.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { first, onStray } from '@anyasync/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { convertAny } from './matrix/cell.js';
import type { StyleRecord } from './matrix/record.js';
import type { Consumer, Emitter, Play } from './matrix/world.js';
import { styles } from './styles.js';

const tenant = new AsyncLocalStorage<string>();
const tenants = ['a', 'b'] as const;
const ends = ['value', 'error', 'abort', 'timeout'] as const;
type End = (typeof ends)[number];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const isSubscribers = ({ style }: StyleRecord): boolean =>
  (style.written?.context ?? style.traits.context) === 'subscriber';

const sources = styles.filter(({ reads }) => reads.later);
const sinks = styles.filter((record) => record.writes.later && isSubscribers(record));
const pairs = sources.flatMap((from) => sinks.filter((to) => to !== from).map((to) => [from, to] as const));
const perEnd = Math.ceil(100_000 / (pairs.length * ends.length));

/** The runs of one pair that wait, each to be ended by the other tenant. */
class Runs {
  /** Ends that the sources were asked for, by the order of the calls. */
  private readonly emitters: Emitter[] = [];
  readonly wrong: string[] = [];
  heard = 0;

  constructor(
    private readonly from: StyleRecord,
    private readonly to: StyleRecord,
    private readonly end: End,
  ) {}

  private readonly play: Play = (_self, _args, emitter, begin) => {
    const handle = { cancel: (): void => {} };
    begin?.(handle);
    this.emitters.push(emitter);
    return handle;
  };

  /** One call by each tenant in turn; each run is ended in the context of the other one. */
  async run(count: number): Promise<void> {
    const { from, to, end } = this;
    const takesItems = to.style.written?.items ?? to.style.traits.items;
    const fold = from.style.traits.items && !takesItems ? { fold: first('none') } : {};
    const converted = convertAny(from.source(this.play), from.style, to.style, fold);
    const controllers = tenants.map(() => new AbortController());
    for (let n = 0; n < count; n++) {
      const who = n % 2;
      tenant.run(tenants[who] as string, () => {
        const options = { abort: { signal: controllers[who]?.signal }, timeout: { timeout: 1 } }[
          end as 'abort'
        ];
        const fn = options === undefined ? converted : converted.with(options);
        const consumer = this.consumer(tenants[who] as string);
        const result = to.call(fn, undefined, [], consumer);
        to.consume?.(result as never, consumer);
      });
    }
    for (let idle = 0; idle < 3; idle++) await turn(); // sources that are asked for items have been asked now
    for (const [who, controller] of controllers.entries())
      tenant.run(
        tenants[1 - who] as string,
        () => end === 'abort' && controller.abort(new Error('shut down')),
      );
    for (const [n, emitter] of this.emitters.entries())
      tenant.run(tenants[1 - (n % 2)] as string, () => this.settle(emitter));
    if (end === 'timeout') await new Promise((resolve) => setTimeout(resolve, 2));
    for (let idle = 0; idle < 5; idle++) await turn();
  }

  private settle(emitter: Emitter): void {
    if (this.end === 'value') emitter.value('value');
    else if (this.end === 'error') emitter.error(new Error('failed'));
  }

  private consumer(who: string): Consumer {
    const hear = (what: string) => (): undefined => {
      this.heard++;
      const where = tenant.getStore();
      if (where !== who) this.wrong.push(`${what} of ${who} heard in ${where}`);
    };
    return {
      value: hear('value'),
      item: hear('item'),
      complete: hear('complete'),
      error: hear('error'),
      abort: hear('abort'),
      derived: () => {},
    };
  }
}

describe(`hostile 2: no callback runs in another tenant's context (${pairs.length} pairs, ${perEnd} runs for each end)`, () => {
  test.each(pairs.map(([from, to]) => [`${from.name} -> ${to.name}`, from, to] as const))(
    '%s',
    async (_name, from, to) => {
      onTestFinished(onStray((stray) => (stray as { preventDefault?(): void }).preventDefault?.()));
      for (const end of ends) {
        if (end === 'error' && from.reads.errors === 'none') continue;
        const runs = new Runs(from, to, end);
        await runs.run(perEnd);
        expect({ end, wrong: runs.wrong }).toEqual({ end, wrong: [] });
        const isDeaf = end !== 'value' && to.writes.errors === 'none';
        expect({ end, heard: runs.heard >= (isDeaf ? 0 : perEnd) }).toEqual({ end, heard: true });
      }
    },
  );
});
