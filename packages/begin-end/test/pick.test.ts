import { adopt, expose } from '@anyasync/begin-end';
import { expect, expectTypeOf, test } from 'vitest';

const both = expose({ get: async (key: string) => key.length, put: async (_key: string) => true });
const { beginGet, endGet, beginPut, endPut } = both;
const store = { beginGet, endGet, beginPut, endPut };

test('adopt() with { pick } adds the methods that it names, by type too', async () => {
  const view = adopt(store, { pick: ['get'] });
  expectTypeOf(await view.get('abc')).toEqualTypeOf<number>();
  expect(await view.get('abc')).toBe(3);
  // @ts-expect-error it was not picked
  expect(view.put).toBe(undefined);
  expect(view.beginPut).toBeTypeOf('function');
});

test('expose() with { pick } adds the pairs of the methods that it names, by type too', async () => {
  const view = expose({ one: async () => 1, two: async () => 2 }, { pick: ['one'] });
  const begun = view.beginOne();
  await begun.asyncWaitHandle.waitAsync();
  expectTypeOf(view.endOne(begun)).toEqualTypeOf<number>();
  // @ts-expect-error it was not picked
  expect(view.beginTwo).toBe(undefined);
});
