import { convert } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { promise } from '../../promise/src/index.js';
import { callback, callbackify, promisify, universalify } from '../src/index.js';

const custom = Symbol.for('nodejs.util.promisify.custom');
type Done = (error: null, value?: unknown) => void;
const key = Symbol('key');

/** Everything that a function can carry. */
function carrier(): any {
  class Base {}
  function open(this: unknown, path: string, mode: number, done: Done): void {
    done(null, [path, mode]);
  }
  open.version = 5;
  (open as any)[key] = 'symbol';
  Object.defineProperty(open, 'hidden', { value: 6 });
  Object.defineProperty(open, 'lazy', { get: () => 7, configurable: true });
  open.prototype.close = Base;
  return open;
}

describe('what a function carries beside its call, its converted one carries too', () => {
  const made: [string, (fn: any) => any, number][] = [
    ['promisify', promisify, 2],
    ['callbackify', callbackify, 4],
    ['universalify', universalify, 3],
    ['convert', (fn) => (convert as any)(fn, callback, promise), 2],
  ];
  it.each(made)(
    '%s: own properties, symbols, hidden ones, getters, name and length',
    (_name, make, length) => {
      const made = make(carrier());
      expect([made.name, made.length, made.version, made[key], made.hidden, made.lazy]).toEqual([
        'open',
        length,
        5,
        'symbol',
        6,
        7,
      ]);
      expect(Object.keys(made)).toEqual(['version']);
    },
  );

  it.each(made)('%s: the prototype of its objects', (_name, make) => {
    const open = carrier();
    expect(make(open).prototype).toBe(open.prototype);
    const arrow = make((done: Done) => done(null));
    expect(Object.hasOwn(arrow, 'prototype') && Object.keys(arrow.prototype)).not.toContain('close');
  });

  it.each(made)('%s: what it inherits', (_name, make) => {
    class Callable extends Function {
      get answer(): number {
        return 42;
      }
    }
    const open = Object.setPrototypeOf(carrier(), Callable.prototype);
    expect(make(open).answer).toBe(42);
    expect(Object.getPrototypeOf(make(async () => {}))).toBe(Function.prototype);
    expect(Object.getPrototypeOf(make(carrier()))).toBe(Function.prototype);
  });
});

describe('what a promise face of its own carries', () => {
  const faced = (face: any): any => Object.assign(carrier(), { [custom]: face });

  it('its name, its length, its properties', async () => {
    async function openAsync(path: string): Promise<string> {
      return path;
    }
    openAsync.version = 9;
    openAsync.retries = 3;
    const made = promisify(faced(openAsync)) as any;
    expect(await made('x')).toBe('x');
    expect([made.name, made.length, made.version, made.retries, made[key]]).toEqual([
      'openAsync',
      1,
      9,
      3,
      'symbol',
    ]);
  });

  it('the name of the function where the face has none', () => {
    expect(
      promisify(
        faced(
          (
            () => async (_a: string) =>
              1
          )(),
        ),
      ).name,
    ).toBe('open');
    expect(promisify(setTimeout as any).name).toBe('setTimeout');
  });

  it('the face itself is left as it was, also a frozen one', () => {
    const face = Object.freeze(async (path: string) => path);
    const before = Reflect.ownKeys(face);
    expect((promisify(faced(face)) as any).length).toBe(1);
    expect(Reflect.ownKeys(face)).toEqual(before);
  });
});
