import type { Traits } from '@anyasync/core';
import type { Reads, StyleRecord, Writes } from './record.js';

/** What a source does and what comes of it, as lines of the log. A stray, a teardown or a dispose happens with the source, the rest is heard. */
type Lines = readonly string[];

const isHeard = (line: string): boolean => !/^(stray|teardown|dispose|cancel|looped)/.test(line);
/** Who listens to what the call has returned, hears later than what happens inside it. */
const unheardFirst = (lines: Lines): string[] => [
  ...lines.filter((line) => !isHeard(line)),
  ...lines.filter(isHeard),
];

/**
 * Two styles, and what follows from their traits: every expectation of the matrix is computed here and in the scenarios, from
 * `reads` and `writes` alone.
 */
export class Pair {
  readonly reads: Omit<Traits, 'errors' | 'nulls'> & Reads;
  readonly writes: Omit<Traits, 'errors' | 'nulls'> & Writes;

  constructor(
    readonly from: StyleRecord,
    readonly to: StyleRecord,
  ) {
    this.reads = { ...from.style.traits, ...from.reads };
    this.writes = { ...to.style.traits, ...to.style.written, ...to.writes };
  }

  /** The consumer hears a value. */
  value(value = 'value', where = ''): string[] {
    const adopted = !this.reads.thenables || !this.writes.thenables;
    const shown = value === 'thenable' && adopted ? 'inner' : value;
    const asItem = this.writes.items && (this.reads.ends === 'complete' || this.writes.ends === 'complete');
    return asItem ? [`item ${shown}`, `complete${where}`] : [`value ${shown}${where}`];
  }

  /** The consumer hears an error, or what the style has in its place. */
  error(error: string, isFalsy = false): string[] {
    const { errors } = this.writes;
    if (errors === 'none') return [`stray unheard ${error}`];
    const shown = isFalsy && errors === 'truthy' ? `FalsyRejectionError(${error})` : error;
    return [`${this.writes.later ? 'error' : 'threw'} ${shown}`];
  }

  /** The consumer hears that the source was cancelled. */
  aborted(reason: string): string[] {
    return this.writes.cancelled ? [`abort ${reason}`] : this.error(reason);
  }

  /** What becomes of a value after the end. */
  late(value: string, isCancelled = false): string[] {
    if (isCancelled && this.reads.late === 'nobody') return [];
    if (isCancelled) return [`stray ${this.reads.ends === 'value' ? 'value' : 'item'} ${value} (cancelled)`];
    return this.reads.ends === 'value' ? [`stray value ${value}`] : [`stray item ${value}`, 'stray complete'];
  }

  /** What becomes of a source's value after a cancellation that the source could not be told of: one that stops does not bring it. */
  unstopped(lines: Lines): Lines {
    return this.reads.cancel === 'stop' ? [] : lines;
  }

  /** The source is told to stop, where it can be. */
  teardown(reason: string): Lines {
    return this.reads.cancel === 'stop' ? [`teardown ${this.reads.reason ? reason : undefined}`] : [];
  }

  /** The log of a call whose source answers inside the call, as far as its style lets it; `late`: what comes if the call gave up before. */
  now(lines: Lines, late: Lines = this.lateOf(lines)): string[] {
    if (this.reads.delivery === 'sync')
      return ['start', ...this.inCall(this.reads.late === 'object' ? unheardFirst(lines) : lines)];
    if (!this.writes.later) return [...this.blocked(), ...late];
    return ['start', 'return', ...this.inTurn(lines)];
  }

  /** The log of a call whose source answers in a later turn. */
  later(lines: Lines): string[] {
    if (!this.writes.later) return [...this.blocked(), 'tick', ...this.unstopped(this.lateOf(lines))];
    return ['start', 'return', 'tick', ...this.inTurn(lines)];
  }

  /** What happens inside the call, up to its end. */
  inCall(lines: Lines): string[] {
    if (!this.writes.later) return this.ended(unheardFirst(lines));
    if (this.writes.delivery === 'sync') return this.ended(this.writes.replay ? unheardFirst(lines) : lines);
    return [...lines.filter((line) => !isHeard(line)), 'return', ...lines.filter(isHeard)];
  }

  /** What happens in one turn after the call. */
  inTurn(lines: Lines): Lines {
    if (this.writes.delivery === 'sync') return lines;
    return unheardFirst(lines);
  }

  /** The source throws inside the call. */
  thrown(error: string, asError: Lines): string[] {
    if (this.reads.thrown === 'error') return this.now(asError);
    const told = this.reads.inside ? this.teardown(error) : [];
    if (this.writes.throws === 'thrown') return ['start', ...told, `threw ${error}`];
    return ['start', ...this.inCall([...told, ...asError])];
  }

  /** The call would have to wait for the source, and cannot. */
  blocked(): Lines {
    return ['start', ...this.teardown('WouldDeadlockError'), 'threw WouldDeadlockError'];
  }

  private ended(lines: Lines): string[] {
    return lines.some((line) => line.startsWith('threw')) ? [...lines] : [...lines, 'return'];
  }

  /** The same end, after the call has given up. */
  private lateOf(lines: Lines): Lines {
    return lines.flatMap((line) => {
      const [kind, what] = line.split(' ');
      if (kind === 'value') return this.late(what as string, true);
      if (kind === 'threw') return this.reads.drops ? [] : [`stray error ${what} (cancelled)`];
      return [];
    });
  }
}
