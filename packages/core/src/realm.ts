/**
 * What all copies of this package in one realm share (ESM beside CommonJS, two versions): one object on `globalThis`
 * under a registered symbol. It only ever grows by optional fields, so that an older copy keeps working beside a newer one.
 */
export interface Realm {
  /** Hear of strays: see onStray. */
  readonly strayListeners: Set<(stray: never) => void>;
  /** The sources about which one warning has been given. */
  readonly warned: WeakSet<object>;
  /** What a converted function or view was made from, and by which style: the round trip gives the original back. */
  readonly origins: WeakMap<object, Origin>;
  /** Debug mode, while it is on. */
  debug?: { track(run: object): void; createdAt(run: object): string | undefined } | undefined;
}

/** Where a converted function came from. */
export interface Origin {
  readonly native: unknown;
  readonly from: object;
  readonly to: object;
  /** Nothing was asked in between, so that the way back is the original. */
  readonly plain: boolean;
}

const key: unique symbol = Symbol.for('anyasync.realm/1') as never;

const has = (object: unknown, method: string): boolean =>
  typeof (object as Record<string, unknown> | undefined)?.[method] === 'function';

/** What an earlier copy has left there. Something else, of whoever, is left alone. */
function isRealm(found: Realm | undefined): boolean {
  try {
    return has(found?.strayListeners, 'add') && has(found?.warned, 'has') && has(found?.origins, 'get');
  } catch {
    return false;
  }
}

function share(): Realm {
  const place = Object.getOwnPropertyDescriptor(globalThis, key);
  if (isRealm(place?.value)) return place?.value;
  const value: Realm = {
    __proto__: null,
    strayListeners: new Set(),
    warned: new WeakSet(),
    origins: new WeakMap(),
    debug: undefined,
  } as Realm;
  try {
    if (place === undefined)
      Object.defineProperty(globalThis, key, { __proto__: null, value } as PropertyDescriptor);
  } catch {} // it is frozen; as where the place is taken, this copy keeps to itself
  return value;
}

/** The realm's shared state. */
export const realm: Realm = /* @__PURE__ */ share();

/**
 * What a converted function or view was made from, and by which styles. For writers of adapters: the way back is the original.
 *
 * @example
 * ```ts
 * import { convert, originOf, sync } from '@anyasync/core';
 * import { promise } from '@anyasync/promise';
 *
 * const half = (n: number) => n / 2;
 * originOf(convert(half, sync, promise))?.native === half; //=> true
 * ```
 */
export function originOf(converted: object): Origin | undefined {
  return realm.origins.get(converted);
}
