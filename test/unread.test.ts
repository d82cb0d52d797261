/** What is given with a signal and read by nobody is let go of when the signal is aborted, before or later. */
import { PassThrough } from 'node:stream';
import { operation, toArray } from '@anyasync/core';
import { fromStream, toIterable, toReadable, toReadableStream } from '@anyasync/iterable';
import { toObservable } from '@anyasync/observable';
import { fromPromise, toPromise } from '@anyasync/promise';
import { Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { revoked, turns, unhandled } from '../packages/core/test/support.js';

const reason = new Error('not needed');
const quiet = (stream: { on(name: string, listener: () => void): unknown }): unknown =>
  stream.on('error', () => {});
const sinks = {
  toIterable: (source: any, signal: AbortSignal) => toIterable(source, { signal }),
  toReadable: (source: any, signal: AbortSignal) => quiet(toReadable(source, { signal })),
  toReadableStream: (source: any, signal: AbortSignal) => toReadableStream(source, { signal }),
};

describe.each(Object.entries(sinks))('%s that nobody reads', (_name, write) => {
  it('hostile 1: aborted before, a promise is observed', async () => {
    const errors = await unhandled(async () => {
      write(fromPromise(Promise.reject(new Error('failed'))), AbortSignal.abort(reason));
      await turns();
    });
    expect(errors).toEqual([]);
  });

  it('aborted before, a stream is destroyed', () => {
    const source = new PassThrough();
    write(fromStream(source), AbortSignal.abort(reason));
    expect(source.destroyed).toBe(true);
  });

  it('aborted later, a stream is destroyed', () => {
    const source = new PassThrough();
    const controller = new AbortController();
    write(fromStream(source), controller.signal);
    expect(source.destroyed).toBe(false);
    controller.abort(reason);
    expect(source.destroyed).toBe(true);
  });

  it('hostile 8: a reason that throws at every look ends it', async () => {
    const errors = await unhandled(async () => {
      const controller = new AbortController();
      write(
        operation(() => {}),
        controller.signal,
      );
      controller.abort(revoked());
      await turns();
    });
    expect(errors).toEqual([]);
  });
});

it('hostile 1: an Observable that nobody subscribes to, of a signal that was aborted before', async () => {
  const errors = await unhandled(async () => {
    const failed = fromPromise(Promise.reject(new Error('failed')));
    toObservable(failed, { Observable, signal: AbortSignal.abort(reason) });
    await turns();
  });
  expect(errors).toEqual([]);
});

it('hostile 8: a stream of Node fails with a reason that it can look at', async () => {
  const readable = toReadable(operation((receiver) => receiver.reject(revoked())));
  const failed = new Promise<Error>((resolve) => readable.on('error', resolve));
  readable.resume();
  expect((await failed).name).toBe('FalsyRejectionError');
});

it('{ cancel: "detach" } leaves a stream as it is: no listener of ours, and its error is its owner\'s', async () => {
  const source = new PassThrough();
  const before = source.eventNames();
  await toPromise(fromStream(source), {
    timeout: 1,
    cancel: 'detach',
    fold: toArray(),
  }).catch(() => {});
  expect([source.destroyed, source.eventNames()]).toEqual([false, before]);
});

it('a stream that is left half read is destroyed', async () => {
  const source = new PassThrough();
  source.write('a');
  for await (const _ of toIterable(fromStream(source))) break;
  expect(source.destroyed).toBe(true);
});
