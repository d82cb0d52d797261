/** What a view converts, and what it leaves alone: emitters, streams, functions, what was converted before. */
import { EventEmitter } from 'node:events';
import * as fs from 'node:fs';
import { Duplex, PassThrough, Readable } from 'node:stream';
import * as util from 'node:util';
import { runInNewContext } from 'node:vm';
import {
  callback,
  callbackify,
  convention,
  promisify,
  promisifyAll,
  valueCallback,
} from '@anyasync/callback';
import { convertAll } from '@anyasync/core';
import { observableConvention } from '@anyasync/observable';
import { promise } from '@anyasync/promise';
import { Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../packages/core/test/support.js';

const { default: Bluebird } = await import('bluebird' as string);

type Done<T = any> = (error?: any, value?: T) => void;
const all = (object: object, options?: object): any => promisifyAll(object as any, options as any);
/** Every method that may be converted, in place of the original one. */
const inPlace = (object: object, options?: object): any =>
  all(object, { suffix: '', exclude: [], ...options });
const added = (view: object, original: object): string[] =>
  Reflect.ownKeys(view)
    .filter((key) => !(key in original))
    .map(String)
    .sort();

class Database extends EventEmitter {
  open = true;
  isOpen(): boolean {
    return this.open;
  }
  read(key: string, done: Done<string>): void {
    setImmediate(done, null, `value of ${key}`);
  }
  createReadStream(): Readable {
    return Readable.from(['a']);
  }
}

describe('beside the original methods', () => {
  it('what takes no callback is shown as it is: isOpen, createReadStream, on, and a module of Node', async () => {
    const view = all(new Database());
    expect(view.isOpen()).toBe(true);
    expect(view.createReadStream()).toBeInstanceOf(Readable);
    const heard: unknown[] = [];
    expect(view.on('event', (value: unknown) => heard.push(value))).toBe(view);
    view.emit('event', 5);
    expect(heard).toEqual([5]);
    expect(await view.readAsync('a')).toBe('value of a');
    const stream = all(fs).createReadStream('package.json');
    expect(stream).toBeInstanceOf(fs.ReadStream);
    stream.destroy();
  });

  it('a style brings its own suffix, and the option is stronger', async () => {
    const observable = observableConvention({ Observable });
    const store = { get: async (key: string) => key.length };
    const view: any = convertAll(store, promise, observable);
    expect([typeof view.get$, typeof view.getAsync]).toEqual(['function', 'undefined']);
    expect(await view.get('abc')).toBe(3);
    expect('getO' in convertAll(store, promise, observable, { suffix: 'O' })).toBe(true);
  });
});

describe('in place of the original methods', () => {
  it('without pick and exclude it is refused, and the error says what to pass', () => {
    for (const options of [{ suffix: '' }, { suffix: '', pick: undefined }])
      expect(thrownBy(() => all(new Database(), options))).toMatchObject({
        name: 'ArgumentError',
        argument: 'suffix',
        message: expect.stringContaining("{ suffix: '', pick }"),
      });
  });

  it.each([
    ['names', { pick: ['read'] }],
    ['a RegExp', { pick: /^read$/ }],
    ['a RegExp with a memory', { pick: /read/g }],
    ['a test of the name', { pick: (name: string) => name === 'read' }],
    ['a test of the function', { pick: (_name: string, fn: unknown) => fn === Database.prototype.read }],
    ['names to exclude', { exclude: ['isOpen', 'createReadStream'] }],
    ['a RegExp to exclude', { exclude: /^(is|create)/ }],
    ['a test to exclude', { exclude: (name: string) => name !== 'read' }],
    ['both', { pick: /./, exclude: /^(is|create)/ }],
  ])('%s', async (_what, options) => {
    const view = all(new Database(), { suffix: '', ...options });
    for (let turn = 0; turn < 3; turn++) expect(await view.read('a')).toBe('value of a');
    expect([view.isOpen(), view.listenerCount('x')]).toEqual([true, 0]);
    expect(view.createReadStream()).toBeInstanceOf(Readable);
    expect(view.once('x', () => {})).toBe(view);
  });

  it('exclude also holds beside', () => {
    expect(added(all(new Database(), { exclude: /^(is|create)/ }), new Database())).toEqual(['readAsync']);
  });

  it('a pattern does not take *Sync, symbols and then; names do', async () => {
    const key = Symbol('read');
    const object = {
      readSync: (done: Done) => done(null, 1),
      [key]: (done: Done) => done(null, 2),
      toJSON: () => 'json',
    };
    const patterns = all(object, { suffix: '', pick: () => true });
    expect([patterns.readSync, patterns[key]].map((fn) => fn((_error: unknown, n: number) => n))).toEqual([
      1, 2,
    ]);
    expect(JSON.stringify(patterns)).toBe('"json"');
    const named = all(object, { suffix: '', pick: ['readSync', key] });
    expect(await Promise.all([named.readSync(), named[key]()])).toEqual([1, 2]);
  });

  it('names that are not there, and selections that are none, are refused', () => {
    const bad = { name: 'ArgumentError' };
    for (const option of ['pick', 'exclude']) {
      expect(thrownBy(() => all({}, { [option]: ['none'] }))).toMatchObject({ ...bad, argument: option });
      for (const which of ['read', 5, {}, null])
        expect(thrownBy(() => all({}, { [option]: which }))).toMatchObject({ ...bad, argument: option });
    }
    expect(thrownBy(() => all({}, { deep: 'body' }))).toMatchObject({ ...bad, argument: 'deep' });
  });
});

describe('never converted', () => {
  it('what every function has: apply, bind and call, of every realm; a call of its own is a method', async () => {
    class Klass {
      own = 1;
      static load(done: Done): void {
        done(null, Klass.name);
      }
    }
    const View = inPlace(Klass);
    const names = ['loadAsync', 'applyAsync', 'bindAsync', 'callAsync', 'toStringAsync'];
    const added = all(Klass);
    expect(names.filter((name) => name in added)).toEqual(['loadAsync']);
    expect([View.bind(null), View.call, View.apply].map((each) => typeof each)).toEqual(
      Array(3).fill('function'),
    );
    expect(await View.load()).toBe('Klass');
    const sum = inPlace(Object.assign((a: number, b: number) => a + b, { save: (done: Done) => done() }));
    expect([sum.apply(null, [1, 2]), sum.call(null, 1, 2), sum.bind(null, 1)(2)]).toEqual([3, 3, 3]);
    const foreign = inPlace(runInNewContext('(function (a) { return a })'));
    expect([foreign.apply(null, [5]), foreign.call(null, 5)]).toEqual([5, 5]);
    const method = Object.assign(() => {}, { call: (done: Done) => done(null, 'dry run') });
    expect(await inPlace(method).call()).toBe('dry run');
  });

  it('what makes an emitter, of whichever package; a lamp with on() and off() is none', async () => {
    expect(added(all(new EventEmitter()), new EventEmitter())).toEqual([]);
    const emitter = new Database();
    const view = inPlace(emitter, { exclude: ['isOpen', 'createReadStream'] });
    const listener = (): void => {};
    for (const name of ['on', 'once', 'addListener', 'prependListener', 'off', 'removeListener'])
      expect(view[name]('event', listener), name).toBe(view);
    expect([view.eventNames(), view.emit('event'), view.listenerCount('event')]).toEqual([
      ['event'],
      true,
      2,
    ]);
    const mitt = {
      all: new Map(),
      on() {},
      off() {},
      emit: () => 'emitted',
      save: (done: Done) => done(null, 1),
    };
    expect([inPlace(mitt).emit(), await inPlace(mitt).save()]).toEqual(['emitted', 1]);
    class Static extends EventEmitter {}
    expect(added(all(Static), Static)).toEqual([]);
    const lamp = { on: (done: Done) => done(null, 'on'), off: (done: Done) => done(null, 'off') };
    expect([await all(lamp).onAsync(), await inPlace(lamp).off()]).toEqual(['on', 'off']);
  });

  it('what makes a stream, of Node and of the web, also if it is picked', async () => {
    class Line extends Duplex {
      override _read(): void {}
      override _write(_chunk: unknown, _encoding: string, done: Done): void {
        done();
      }
      ask(question: string, done: Done<string>): void {
        done(null, `${question} answered`);
      }
    }
    const line = new Line();
    expect(added(all(line), line)).toEqual(['askAsync']);
    const view = all(line, { suffix: '', pick: ['ask', 'write', 'on', 'pipe'] });
    expect(await view.ask('a')).toBe('a answered');
    const written = await new Promise((resolve) => view.write('a', resolve));
    expect(written ?? null).toBeNull();
    const target = new PassThrough();
    expect(view.pipe(target)).toBe(target);
    line.destroy();
    for (const web of [new ReadableStream(), new WritableStream(), new TransformStream()])
      expect(added(all(web), web)).toEqual([]);
    expect(inPlace(new ReadableStream()).getReader()).toHaveProperty('read');
    expect(added(all(new EventTarget()), new EventTarget())).toEqual([]);
  });

  it('what every object has, also after somebody has put names on Object.prototype', async () => {
    const object = { save: (done: Done) => done(null, 1), toString: () => 'text' };
    expect(added(all(object), object)).toEqual(['saveAsync']);
    const prototype = Object.prototype as any;
    for (const value of [true, 0, {}, 'x', () => {}]) {
      const names = 'save suffix pick exclude deep from values callback find members method part name'.split(
        ' ',
      );
      for (const name of names)
        Object.defineProperty(prototype, name, {
          value,
          writable: true,
          configurable: true,
        });
      try {
        expect(await all(object).saveAsync()).toBe(1);
        expect(await all(object, { suffix: '', pick: ['save'] }).save()).toBe(1);
      } finally {
        for (const name of names) delete prototype[name];
      }
    }
  });

  it('what was converted: by this package, util.promisify or Bluebird, and the suffix twice', async () => {
    const read = (done: Done): void => done(null, 1);
    const object = {
      read,
      readAsync: async () => 'own',
      ours: promisify(read),
      nodes: util.promisify(read),
      bluebirds: Bluebird.promisify(read),
      back: callbackify(async () => 2),
    };
    const view = all(object);
    expect(added(view, object)).toEqual(['backAsync']);
    expect(await view.readAsync()).toBe('own');
    expect(await view.backAsync()).toBe(2);
    const twice = all(view);
    expect(added(twice, object)).toEqual(['backAsync']);
    expect(await twice.backAsync()).toBe(2);
    const replaced = inPlace(object);
    expect(await Promise.all([replaced.ours(), replaced.nodes(), replaced.bluebirds()])).toEqual([1, 1, 1]);
    expect([await replaced.readAsync(), await replaced.read()]).toEqual(['own', 1]);
    expect(await inPlace(replaced).read()).toBe(1);
    const bluebird: any = Bluebird.promisifyAll({ get: (done: Done) => done(null, 1) });
    expect(added(all(bluebird), bluebird)).toEqual([]);
    expect(await all(bluebird).getAsync()).toBe(1);
  });

  it('a class, also one that a compiler has made a function of', () => {
    function Compiled(this: any): void {}
    Object.defineProperty(Compiled.prototype, 'read', { value: () => 1, enumerable: false });
    function Heir(this: any): void {}
    util.inherits(Heir, EventEmitter);
    const module = { Compiled, Heir, Map, EventEmitter };
    expect(added(all(module), module)).toEqual([]);
    expect(new (inPlace(module).Compiled)()).toBeInstanceOf(Compiled);
  });
});

describe('everything that promisify takes', () => {
  const store = {
    size: (done: (value: number) => void) => done(7),
    pair: (done: Done) => (done as any)(null, 'a', 'b'),
    lines: (next: (line: string) => void) => ['a', 'b'].forEach(next),
    slow: (_done: Done) => ({ stopped: 0, cancel() {} }),
  };
  it('from, values, fold and next', async () => {
    expect(await all(store, { from: valueCallback }).sizeAsync()).toBe(7);
    expect(await all(store, { values: 'all' }).pairAsync()).toEqual(['a', 'b']);
    expect(await all(store, { values: ['x', 'y'], suffix: '', pick: ['pair'] }).pair()).toEqual({
      x: 'a',
      y: 'b',
    });
    const from = convention({ style: 'value-only', multiple: true });
    const { first } = await import('@anyasync/core');
    expect(await all(store, { from, fold: first() }).linesAsync()).toBe('a');
    expect(thrownBy(() => all(store, { values: 'none' }))).toMatchObject({ argument: 'values' });
    expect(thrownBy(() => all(store, { from: valueCallback, values: 'all' }))).toMatchObject({
      argument: 'values',
    });
    expect(thrownBy(() => all(store, { from: {} }))).toMatchObject({ argument: 'from' });
  });
  it('signal, timeout, onHandle and dispose, and options that are inherited', async () => {
    const reason = new Error('stopped');
    await expect(all(store, { signal: AbortSignal.abort(reason) }).slowAsync()).rejects.toBe(reason);
    const handles: unknown[] = [];
    const options = Object.create({ timeout: 1, onHandle: (handle: unknown) => handles.push(handle) });
    await expect(all(store, options).slowAsync()).rejects.toMatchObject({ timeout: 1 });
    expect(handles).toHaveLength(1);
    expect(thrownBy(() => all(store, { sufix: 'P' }))).toMatchObject({
      argument: 'options',
      received: 'sufix',
    });
  });
  it('options are read once: a getter is not asked again, and a list that is changed later is not read', async () => {
    let asked = 0;
    const pick = ['size'];
    const view = all(store, {
      get suffix() {
        return asked++ === 0 ? 'P' : 'Q';
      },
      from: valueCallback,
      pick,
    });
    pick[0] = 'lines';
    expect([asked, await view.sizeP(), 'linesP' in view]).toEqual([1, 7, false]);
  });
  it('a promise version of a view is one for util.promisify, too', async () => {
    const view = all({ get: (done: Done) => done(null, 1) });
    expect(util.promisify(view.getAsync)).toBe(view.getAsync);
  });
});

it('promisifyAll(null) names promisifyAll, and convertAll(null) names convertAll', () => {
  for (const [call, name] of [
    [() => all(null as never), '[callback] promisifyAll()'],
    [() => convertAll(null as never, callback, promise), '[core] convertAll()'],
  ] as const)
    expect((thrownBy(call) as Error).message).toContain(name);
});
