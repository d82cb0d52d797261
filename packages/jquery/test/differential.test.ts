import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Deferred, when } from '../src/index.js';
import { clock, interpret, type Library, program } from './programs.js';

const require = createRequire(import.meta.url); // jquery and jsdom bring no types along
const { JSDOM } = require('jsdom');
const { jQueryFactory } = require('jquery/factory');
const { window } = new JSDOM('');
const jQuery: Library & { readonly fn: { readonly jquery: string } } = jQueryFactory(window);

// Both libraries put their handlers on the same clock, which the programs drain.
const host = { setTimeout: globalThis.setTimeout, exceptionHook: Deferred.exceptionHook };
const later = (call: () => void): void => void clock.push(call);
beforeAll(() => {
  globalThis.setTimeout = window.setTimeout = later as never;
});
afterAll(() => {
  globalThis.setTimeout = host.setTimeout;
  Deferred.exceptionHook = host.exceptionHook;
  Deferred.getErrorHook = undefined;
});

it('10,000 random programs give the same event log as jQuery 4', () => {
  expect(jQuery.fn.jquery).toBe('4.0.0');
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  process.stdout.write(`jquery: programs with seed ${seed}; SEED=${seed} runs them again\n`);
  const ours: Library = { Deferred, when };
  fc.assert(
    fc.property(program, (ops) => {
      const expected = interpret(ops, jQuery);
      expect(interpret(ops, ours)).toEqual(expected);
    }),
    { seed, numRuns: 10_000 },
  );
}, 120_000);
