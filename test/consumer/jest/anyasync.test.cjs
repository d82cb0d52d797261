// What Jest does to a library: CommonJS in a context of its own, timers of its own, and spies that assign.
const { readFile } = require('node:fs');
const { callbackify, promisify, promisifyAll } = require('anyasync');
const { Future } = require('anyasync/future');

class Disk {
  read(path, done) {
    setTimeout(done, 1, null, `text of ${path}`);
  }
}

test('a function of Node, and its error', async () => {
  const read = promisify(readFile);
  expect(JSON.parse(await read(require.resolve('anyasync/package.json'), 'utf8')).name).toBe('anyasync');
  await expect(read('/missing')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a time limit of fake time', async () => {
  jest.useFakeTimers();
  const never = promisify((_done) => {});
  const call = never.with({ timeout: 60_000 })();
  const ended = expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  jest.advanceTimersByTime(60_000);
  await ended;
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('a spy on the method of a view is what the view shows, and is taken away again', async () => {
  const disk = new Disk();
  const view = promisifyAll(disk);
  const spy = jest.spyOn(view, 'readAsync').mockResolvedValue(5);
  expect(await view.readAsync('a')).toBe(5);
  spy.mockRestore();
  expect(await view.readAsync('a')).toBe('text of a');
  expect(Object.keys(disk)).toEqual([]);
});

test('the same where the method stands in place of the original', async () => {
  const disk = new Disk();
  const view = promisifyAll(disk, { suffix: '', pick: ['read'] });
  const spy = jest.spyOn(view, 'read').mockResolvedValue(5);
  expect(await view.read('a')).toBe(5);
  spy.mockRestore();
  expect(await view.read('a')).toBe('text of a');
  expect(await new Promise((resolve) => disk.read('b', (_error, text) => resolve(text)))).toBe('text of b');
});

test('a mocked function is converted like any other', async () => {
  const done = jest.fn((n, callback) => callback(null, n + 1));
  expect(await promisify(done)(1)).toBe(2);
  expect(done).toHaveBeenCalledTimes(1);
  const back = callbackify(jest.fn().mockResolvedValue('value'));
  expect(await new Promise((resolve) => back((_error, value) => resolve(value)))).toBe('value');
  const future = new Future();
  future.setResult(1);
  expect(future).toBeInstanceOf(Future);
});
