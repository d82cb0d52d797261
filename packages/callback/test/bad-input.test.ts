import { convert, operation } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import {
  callback,
  callbackify,
  callbackOptions,
  callbackPair,
  convention,
  fromCallback,
  handler,
  promisify,
  promisifyAll,
  toCallback,
  universalify,
} from '../src/index.js';

const noop = (): void => {};

/** What a wrong line throws: one kind of error, with its fields, and a message that says what to pass. */
function refused(call: () => unknown, argument: string, received: unknown, message = /./): void {
  const error = thrownBy(call) as any;
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ name: 'ArgumentError', code: 'ERR_INVALID_ARG_TYPE', argument });
  expect(error.received).toEqual(received);
  expect(error.message).toMatch(/^\[(core|callback|promise)\] .+ Received .*\.$/s);
  expect(error.message).toMatch(message);
}

describe('no function, at wrap time', () => {
  const notFunctions = [undefined, null, 0, 'readFile', {}, [], Symbol('s'), Promise.resolve()];
  it.each([
    ['promisify', promisify],
    ['callbackify', callbackify],
    ['universalify', universalify],
    ['fromCallback', fromCallback],
  ] as [string, any][])('%s', (name, make) => {
    for (const fn of notFunctions) refused(() => make(fn), 'fn', fn, new RegExp(name));
  });

  it('promisifyAll of no object', () => {
    for (const object of [undefined, null, 5, 'fs'])
      refused(() => promisifyAll(object as any), 'object', object);
  });

  it('toCallback of no operation', () => {
    for (const op of [undefined, 5, Promise.resolve(), noop])
      refused(() => toCallback(op as any, noop), 'operation', op);
  });
});

describe('a style that is none: the message asks whether the import is shadowed', () => {
  it.each([
    ['promisify', (style: any) => promisify(noop as any, { from: style })],
    ['universalify', (style: any) => universalify(noop as any, { from: style })],
    ['convert', (style: any) => convert(noop as any, style, promise)],
  ] as [string, (style: any) => unknown][])('%s', (_name, make) => {
    // a parameter with the name of the style is the usual mistake
    for (const style of [5, null, {}, noop, 'callback'])
      refused(() => make(style), 'from', style, /shadowed/);
  });

  it('callbackify', () => {
    for (const style of [5, null, {}, noop, 'callback'])
      refused(() => callbackify((async () => {}) as any, { to: style as any }), 'to', style, /shadowed/);
  });
});

describe('a convention that contradicts itself', () => {
  const lastError = { read: () => undefined };
  const contradictions: [string, any, string?][] = [
    ['style', { style: 'errorFirst' }],
    ['style', { style: null }],
    ['position', { position: 'middle' }],
    ['position', { position: -1 }],
    ['position', { position: 1.5 }],
    ['position', { position: Number.NaN }],
    ['arity', { arity: -1 }],
    ['arity', { arity: '2' }],
    ['arity', { arity: 2, position: 'first' }],
    ['arity', { arity: 2, position: 1 }],
    ['isError', { style: 'value-only', isError: 'nullish' }],
    ['isError', { style: 'pair', isError: 'truthy' }],
    ['isError', { isError: 'falsy' }],
    ['isError', { isError: 5 }],
    ['lastError', { lastError }],
    ['lastError', { style: 'pair', lastError }],
    ['lastError', { style: 'value-only', lastError: {} }],
    ['order', { order: 'error-first' }],
    ['order', { style: 'pair', order: 'backwards' }],
    ['values', { values: 'two' }],
    ['values', { values: [] }],
    ['values', { values: ['a', 'a'] }],
    ['values', { values: ['a', 5] }],
    ['methods', { methods: { resolve: 'ok' } }],
    ['methods', { style: 'pair', methods: {} }],
    ['methods', { style: 'handler', methods: {} }],
    ['methods', { style: 'handler', methods: { resolve: 'on', reject: 'on' } }],
    ['methods', { style: 'handler', multiple: true, methods: { resolve: 'onSuccess' } }],
    ['methods', { style: 'options', methods: { reject: 'error' } }],
    ['multiple', { multiple: {} }],
    ['multiple', { multiple: { until: 'end' } }],
    ['multiple', { multiple: { until: noop, last: 'end' } }],
    ['multiple', { multiple: { until: noop, lst: 'none' } }],
    ['multiple', { multiple: 'yes' }],
    ['methods', { style: 'handler', methods: { resolve: 5 } }],
    ['methods', { style: 'handler', multiple: false, methods: { resolve: 'onDone', next: 'onNext' } }],
    ['stop', { stop: 5 }],
    ['stop', { stop: {} }],
  ];
  it.each(contradictions)('%s: %j', (argument, options) => {
    refused(() => convention(options), argument, options[argument]);
  });

  it('a misspelt name is what was received', () => {
    refused(() => convention({ styl: 'pair' } as any), 'options', 'styl', /no option styl.*Received "styl"/);
    const methods = { resolve: 'onDone', error: 'onFail' };
    const style = { style: 'handler', methods } as any;
    refused(() => convention(style), 'methods.error', 'error', /methods has no error.*reject/);
  });

  it('an option of another style', () => {
    const other = /goes with the style 'error-first', not with 'pair'/;
    refused(() => convention({ style: 'pair', isError: 'nullish' }), 'isError', 'nullish', other);
  });

  it('no description', () => {
    for (const options of [undefined, null, 5, 'pair'])
      refused(() => convention(options as any), 'options', options);
  });

  it('what means nothing else is taken: every option undefined', () => {
    expect(() =>
      convention({
        style: undefined,
        position: undefined,
        order: undefined,
        methods: undefined,
        values: undefined,
        isError: undefined,
        lastError: undefined,
        multiple: undefined,
        arity: undefined,
        stop: undefined,
        capture: undefined,
        omitUndefined: undefined,
        name: undefined,
      }),
    ).not.toThrow();
  });
});

describe('a missing callback, before the original is called', () => {
  const called: unknown[] = [];
  const fn = async (...args: unknown[]): Promise<void> => void called.push(args);
  const cases: [string, any, unknown[]][] = [
    ['error-first', convention({}), []],
    ['error-first, with other arguments', convention({}), ['a', 5]],
    ['first', convention({ position: 'first' }), ['a', noop]],
    ['at an index', convention({ position: 1 }), ['a']],
    ['value-only', convention({ style: 'value-only' }), ['a']],
    ['pair', callbackPair, ['a']],
    ['options', callbackOptions, ['a']],
    ['options without success', callbackOptions, [{ error: noop }]],
    ['options whose success is no function', callbackOptions, [{ success: 'yes' }]],
    ['handler', handler, []],
    ['handler that is null', handler, [null]],
    ['handler without onSuccess', handler, [{ onError: noop }]],
    ['handler whose onSuccess is no function', handler, [{ onSuccess: 5 }]],
  ];
  it.each(cases)('%s', (_name, style, args) => {
    called.length = 0;
    const written: any = convert(fn as any, promise, style);
    const error = thrownBy(() => written(...args));
    expect(error).toMatchObject({
      name: 'ArgumentError',
      code: 'ERR_INVALID_ARG_TYPE',
      argument: 'callback',
    });
    expect((error as Error).message).toMatch(/^\[callback\] .*missing.*Pass .* Received .+\.$/s);
    expect(called).toEqual([]);
  });

  it('a method that may be missing, but is no function, throws, too', () => {
    const written: any = convert(fn as any, promise, handler);
    for (const name of ['onError', 'onCancel', 'onComplete']) {
      expect(
        thrownBy(() => written({ onSuccess: noop, [name]: 5 })),
        name,
      ).toMatchObject({ name: 'ArgumentError' });
    }
  });

  it('of toCallback', () => {
    const op = operation<number>(() => expect.unreachable());
    for (const done of [undefined, null, 5, {}]) refused(() => toCallback(op, done as any), 'callback', done);
  });
});

describe('options of a run that cannot be meant, at wrap time', () => {
  const wrong: [string, any][] = [
    ['signal', { signal: 5 }],
    ['signal', { signal: new AbortController() }],
    ['signal', { signal: { aborted: false } }],
    ['timeout', { timeout: 'soon' }],
    ['timeout', { timeout: -5 }],
    ['dispose', { dispose: true }],
    ['onHandle', { onHandle: {} }],
    ['cancel', { cancel: 'kill' }],
    ['next', { next: 5 }],
  ];
  it.each(wrong)('%s: %j', (argument, options) => {
    const received = options[argument];
    refused(() => promisify(noop as any, options), argument, received);
    refused(() => callbackify((async () => {}) as any, options), argument, received);
    refused(() => promisify(noop as any).with(options), argument, received);
    refused(
      () =>
        toCallback(
          operation(() => {}),
          noop,
          options,
        ),
      argument,
      received,
    );
    refused(() => convert(noop as any, callback, promise, options), argument, received);
  });

  it.each([[null], [5], ['x']])('options that are %j', (options: any) => {
    refused(() => promisify(noop as any, options), 'options', options);
    refused(() => callbackify((async () => {}) as any, options), 'options', options);
    refused(() => universalify(noop as any, options), 'options', options);
    refused(() => promisifyAll({}, options), 'options', options);
    refused(
      () =>
        toCallback(
          operation(() => {}),
          noop,
          options,
        ),
      'options',
      options,
    );
  });
});
