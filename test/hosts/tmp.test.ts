import { existsSync, readdirSync } from 'node:fs';
import { promisify, promisifyAll } from 'anyasync';
import tmp from 'tmp';
import { expect, test } from 'vitest';
import { testHost } from './host.js';
import { folder, until } from './loopback.js';

type Remove = (done?: (error: Error | null) => void) => void;
type Made = (
  options: tmp.FileOptions,
  done: (error: Error | null, path: string, fd: number, remove: () => void) => void,
) => void;
const { path: tmpdir, remove: removeFolder } = folder('tmp');
const file = promisify(tmp.file as unknown as Made, { values: ['path', 'fd', 'remove'] });
const none = { tmpdir, template: 'without a place for the name' };
const own = (options: tmp.FileOptions) =>
  new Promise((resolve, reject) => {
    tmp.file(options, (error, path) => (error ? reject(error) : resolve(path)));
  });

testHost<null>({
  name: 'tmp 0.2.7',
  converted: "promisify(tmp.file, { values: ['path', 'fd', 'remove'] })",
  open: () => null,
  close: removeFolder,
  same: [['an error', () => file(none), () => own(none)]],
  fast: true,
  slow: (_, options) => file.with({ ...options, dispose: ({ remove }) => remove() })({ tmpdir }),
  async works() {
    const { path, remove } = await file({ tmpdir });
    expect(existsSync(path)).toBe(true);
    await promisify(remove as (done: (error: Error | null) => void) => void)();
    expect(existsSync(path)).toBe(false);
  },
  more() {
    test('every file that came too late is removed', () => until(() => readdirSync(tmpdir).length === 0));

    test('a view of the module: its names of several values for each call', async () => {
      const view = promisifyAll(tmp, { pick: ['file', 'dir', 'tmpName'] });
      const path = await view.tmpNameAsync({ tmpdir });
      expect(path.startsWith(tmpdir)).toBe(true);
      expect(existsSync(path)).toBe(false);
      expect(view.tmpNameSync({ tmpdir }).startsWith(tmpdir)).toBe(true);
    });
  },
});
