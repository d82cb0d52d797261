import { operation, outcome, setDebugging } from '@anyasync/core';
import { afterEach, describe, expect, it } from 'vitest';
import { inChild, Recorder, strays } from './support.js';

afterEach(() => setDebugging(false));

describe('debug mode', () => {
  it('keeps where a run was created, and gives it to its strays', () => {
    setDebugging(true);
    const heard = strays();
    function createsTheRun(): Recorder {
      return new Recorder();
    }
    const run = createsTheRun();
    run.resolve(1);
    run.resolve(2);
    run._crash(3);
    expect(heard).toHaveLength(2);
    for (const stray of heard) {
      expect(stray.created).toContain('createsTheRun');
      expect(stray.created).toContain('debugging.test.ts');
      expect(stray.created?.trimStart()).toMatch(/^at /);
    }
  });

  it('is off by default, and when it is switched off again', () => {
    const heard = strays();
    const before = new Recorder();
    setDebugging(true);
    setDebugging(false);
    const after = new Recorder();
    for (const run of [before, after]) {
      run.resolve(1);
      run.resolve(2);
    }
    expect(heard.map((stray) => stray.created)).toEqual([undefined, undefined]);
  });

  it('counts for runs that start from now on', () => {
    const heard = strays();
    const before = new Recorder();
    setDebugging(true);
    const after = new Recorder();
    for (const run of [before, after]) {
      run.resolve(1);
      run.resolve(2);
    }
    expect(heard.map((stray) => typeof stray.created)).toEqual(['undefined', 'string']);
  });

  it('changes nothing in how a run behaves', async () => {
    setDebugging(true);
    const run = new Recorder();
    run.onCancel((reason) => run.log.push(`teardown ${reason}`));
    expect(run.active).toBe(true);
    expect(run.cancel('enough')).toBe(true);
    expect(run.active).toBe(false);
    expect(run.log).toEqual(['teardown enough', 'cancelled enough']);
    expect(await outcome(operation<number>((to) => to.resolve(1)))).toEqual({
      status: 'fulfilled',
      value: 1,
    });
  });

  it('puts the place into the warning', () => {
    const { err } = inChild(`
      import { setDebugging } from '@anyasync/core';
      import { promisify } from '@anyasync/callback';
      setDebugging(true);
      const twice = promisify(function loadTwice(done) { done(null, 1); done(null, 2); });
      await (async function theCaller() { await twice(); })();
    `);
    expect(err).toContain('AnyasyncWarning');
    expect(err).toContain('theCaller');
  });
});

describe('a run that is dropped before it settles', () => {
  it('is reported as pending with its place, and one that settled is not', () => {
    const { out, err } = inChild(
      `
      import { onStray, setDebugging } from '@anyasync/core';
      import { promisify } from '@anyasync/callback';
      setDebugging(true);
      const heard = [];
      onStray((stray) => {
        stray.preventDefault();
        heard.push([stray.kind, /callsNever/.test(stray.created), /callsBack/.test(stray.created)].join());
      });
      const never = promisify(function never(done) {});
      const good = promisify(function good(done) { done(null, 1); });
      const cancelled = promisify(function cancelled(done) {});
      (function callsNever() { for (let i = 0; i < 100; i++) never(); })();
      await (async function callsBack() { for (let i = 0; i < 100; i++) await good(); })();
      await cancelled.with({ timeout: 1 })().catch(() => {});
      for (let i = 0; i < 10; i++) { globalThis.gc(); await new Promise((done) => setTimeout(done, 5)); }
      console.log(heard.length, [...new Set(heard)].join(' '));
      `,
      '--expose-gc',
    );
    expect(err).toBe('');
    const [count, ...kinds] = out.trim().split(' ');
    expect(kinds).toEqual(['pending,true,false']);
    expect(Number(count)).toBeGreaterThan(90); // the engine may still hold the last ones
    expect(Number(count)).toBeLessThanOrEqual(100);
  });

  it('is a warning while nobody listens', () => {
    const { err, status } = inChild(
      `
      import { setDebugging } from '@anyasync/core';
      import { promisify } from '@anyasync/callback';
      setDebugging(true);
      const never = promisify(function never(done) {});
      (function callsNever() { for (let i = 0; i < 10; i++) never(); })();
      for (let i = 0; i < 10; i++) { globalThis.gc(); await new Promise((done) => setTimeout(done, 5)); }
      `,
      '--expose-gc',
    );
    expect(err).toContain('AnyasyncWarning: [core] a run was dropped before it settled');
    expect(err).toContain('callsNever');
    expect(status).toBe(0);
  });
});
