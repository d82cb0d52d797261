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

function share(): Realm {
  const value = {
    __proto__: null,
    strayListeners: new Set(),
    warned: new WeakSet(),
    origins: new WeakMap(),
    debug: undefined,
  } as Realm;
  try {
    const place = Object.getOwnPropertyDescriptor(globalThis, key);
    if (place === undefined)
      Object.defineProperty(globalThis, key, { __proto__: null, value } as PropertyDescriptor);
    else if (place.value.strayListeners.add && place.value.warned.has && place.value.origins.get)
      return place.value;
  } catch {}
  return value; // the host is frozen, or the place is somebody else's: this copy keeps to itself
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
