// What unsubscribing stops of a function that was bound.
import { pipeline, Readable, Writable } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { strays, turns } from '../../core/test/support.js';
import { bindCallback, bindNodeCallback } from '../src/index.js';

it('bindNodeCallback(pipeline): unsubscribing stops it', async () => {
  strays();
  const streams = [
    new Readable({ read() {} }),
    new Writable({ write: (_chunk, _encoding, done) => done() }),
  ] as const;
  const subscription = bindNodeCallback(pipeline as any)(...(streams as any)).subscribe({ error: () => {} });
  await turns();
  subscription.unsubscribe();
  await turns();
  expect(streams.map((stream) => stream.destroyed)).toEqual([true, true]);
});

it.each([
  ['bindNodeCallback', bindNodeCallback],
  ['bindCallback', bindCallback],
])('%s: unsubscribing stops a destroy() only where { stop } says so', (_name, bind: any) => {
  const destroy = vi.fn();
  const fn = (_done: any) => ({ destroy });
  bind(fn)().subscribe().unsubscribe();
  expect(destroy).not.toHaveBeenCalled();
  bind(fn, { stop: 'destroy' })().subscribe().unsubscribe();
  expect(destroy).toHaveBeenCalledOnce();
});
