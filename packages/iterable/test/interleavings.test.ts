/** Random programs of a consumer and a source against a model of the iterator that looks at one step after the other. */

import { type IterableOptions, toIterable } from '@anyasync/iterable';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source, shown, straysOf } from './support.js';

type Step = 'next' | 'return' | 'throw' | 'push' | 'resolve' | 'complete' | 'reject' | 'abort';
type Options = IterableOptions & { readonly policy: 'each'; readonly value?: 'item' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Step>('next', 'push') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>('return', 'throw', 'resolve', 'complete', 'reject', 'abort'),
  },
);
const bound = fc.record({
  limit: fc.integer({ min: 1, max: 3 }),
  overflow: fc.constantFrom('error', 'pause', 'drop-oldest', 'drop-newest'),
});
const bounded = fc
  .tuple(fc.constantFrom('each', 'batch'), fc.option(bound))
  .map(([policy, bound]) => ({ policy, ...bound }));
const value = fc.constantFrom('item', 'return');
const options = fc
  .tuple(fc.oneof(bounded, fc.record({ policy: fc.constantFrom('latest', 'next') })), value)
  .map(([buffer, value]) => ({ ...buffer, value, eager: true }) as Options);

/** What the iterator must do, in the simplest way: two arrays and an end. */
class Model {
  /** What each call was answered with, by its number. */
  readonly answers: string[] = [];
  readonly told: string[] = [];
  private waiting: number[] = [];
  private buffer: number[] = [];
  private end: string | undefined;
  private isActive = true;
  private calls = 0;

  constructor(private readonly options: Options) {}

  do(step: Step, n: number): void {
    if (step === 'next') this.next(this.calls++);
    else if (step === 'return' || step === 'throw') this.leave(step, this.calls++);
    else if (!this.isActive) return;
    else if (step === 'push') this.push(n);
    else this.finish(step, n);
  }

  private next(call: number): void {
    if (this.isActive || this.buffer.length > 0) this.waiting.push(call);
    else this.answers[call] = this.ended();
    if (this.waiting.length === 1) this.flush();
  }
  /** What waits goes to who has asked: of a burst, at its end. */
  flush(): void {
    while (this.waiting.length > 0 && this.buffer.length > 0) {
      const taken = (this.options.policy as string) === 'batch' ? this.buffer.length : 1;
      this.answers[this.waiting.shift() as number] = this.buffer.splice(0, taken).join();
    }
  }
  private ended(): string {
    const end = this.end ?? 'done';
    this.end = undefined;
    return end;
  }
  private leave(how: 'return' | 'throw', call: number): void {
    this.flush();
    this.buffer = [];
    this.end = undefined;
    if (this.isActive) this.told.push(how === 'throw' ? 'cancel thrown' : 'cancel CancelledError');
    this.isActive = false;
    if (how === 'throw' && this.waiting.length > 0)
      this.answers[this.waiting.shift() as number] = 'error thrown';
    this.settle();
    this.answers[call] = how === 'throw' ? 'error thrown' : 'done';
  }
  private push(n: number): void {
    const { policy, limit = Number.POSITIVE_INFINITY, overflow } = this.options as IterableOptions;
    const collects = policy === 'latest' || policy === 'batch';
    if (this.waiting.length > 0 && (!collects || this.buffer.length >= limit)) this.flush();
    if (this.waiting.length > 0 && !collects) this.answers[this.waiting.shift() as number] = String(n);
    else if (policy === 'latest') this.buffer = [n];
    else if (policy === 'next') return;
    else if (this.buffer.length < limit) this.buffer.push(n);
    else if (overflow === 'drop-oldest') this.buffer = [...this.buffer.slice(1), n];
    else if (overflow !== 'drop-newest') {
      this.told.push('cancel OverflowError');
      this.isActive = false;
      this.end = 'error OverflowError';
      this.settle();
    }
  }
  private finish(step: Step, n: number): void {
    this.isActive = false;
    if (step === 'reject' || step === 'abort') this.end = `error ${step}`;
    if (step === 'resolve' && (this.options.value as string) === 'return') this.end = `done ${n}`;
    else if (step === 'resolve') {
      if ((this.options.policy as string) === 'latest') this.buffer = [];
      this.buffer.push(n);
    }
    this.settle();
  }
  private settle(): void {
    this.flush();
    for (const call of this.waiting.splice(0)) this.answers[call] = this.ended();
  }
  /** The calls that are waiting still. */
  get pending(): number[] {
    return this.waiting;
  }
}

describe('interleavings', () => {
  it('rules 37 to 42: 3,000 random programs of next, return, throw, items and ends give what the model gives', async () => {
    const program = fc.asyncProperty(options, fc.array(step, { maxLength: 25 }), async (options, steps) => {
      const model = new Model(options);
      const source = new Source<number>();
      const answers: string[] = [];
      await straysOf(async () => {
        const iterator = toIterable(source.operation, options);
        const { receiver } = source;
        let calls = 0;
        const call = (promise: Promise<IteratorResult<unknown>>): void => {
          const index = calls++;
          void shown(promise).then((answer) => {
            answers[index] = answer;
          });
        };
        steps.forEach((step, n) => {
          model.do(step, n);
          if (step === 'next' || step === 'return') call(iterator[step]());
          else if (step === 'throw') call(iterator.throw(new Error('thrown')));
          else if (!receiver.active) return;
          else if (step === 'push') receiver.next(n);
          else if (step === 'resolve') receiver.resolve(n);
          else if (step === 'complete') source.complete();
          else receiver[step](new Error(step));
        });
        model.flush();
        await new Promise(setImmediate);
      });
      expect([[...answers], source.log.slice(1)]).toEqual([[...model.answers], model.told]);
      expect(model.pending.every((call) => answers[call] === undefined)).toBe(true);
    });
    // A failure prints its seed and the smallest program.
    await fc.assert(program, { numRuns: 3_000 });
  });

  it('rules 37 and 44: what a source waits for settles when there is room or the run has ended, and never rejects', async () => {
    const asked = fc.array(fc.constantFrom<Step>('next', 'push', 'return'), { maxLength: 30 });
    const program = fc.asyncProperty(
      fc.option(fc.integer({ min: 1, max: 3 })),
      asked,
      async (limit, steps) => {
        const source = new Source<void>();
        const iterator = toIterable(source.operation, { eager: true, ...(limit === null ? {} : { limit }) });
        let [taken, made] = [0, 0];
        let ready = true;
        for (const step of steps) {
          if (step === 'next') {
            taken++;
            void iterator.next();
          } else if (step === 'return') void iterator.return();
          else if (ready && source.receiver.active) {
            made++;
            const room = source.receiver.next(made);
            ready = room === undefined;
            void room?.then(() => {
              ready = true;
            });
          }
          await Promise.resolve();
          await Promise.resolve();
          // A source that waits is ahead of its consumer by the limit at most; without one, by the item that it began with.
          expect(made - taken).toBeLessThanOrEqual(limit ?? 1);
          const hasRoom = !source.receiver.active || made < taken + (limit ?? 0);
          expect([ready, made, taken]).toEqual([hasRoom || (made === 0 && limit === null), made, taken]);
        }
      },
    );
    await fc.assert(program, { numRuns: 1_000 });
  });
});
