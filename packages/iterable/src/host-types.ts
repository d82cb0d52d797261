// What Node's types say, where they are known; found without an import, which would be an error where they are not.

import type { IsNever } from '@anyasync/core';
import type { NodeReadableLike } from './types.js';

/** Node's Readable where its types are known; otherwise what is needed of it. */
export type NodeReadable = IsNever<HostReadable> extends true ? NodeReadableLike : HostReadable;

/** Node's EventEmitter of these events. */
export type EmitterOf<Events extends Record<keyof Events, any[]>> = InstanceType<typeof Emitter<Events>>;

type HostReadable = HostModules extends infer M
  ? M extends { Readable: new (...args: any[]) => infer R; Transform: unknown }
    ? R
    : never
  : never;

// `typeof` alone gives a generic class its arguments, and needs a value.
declare const Emitter: IsNever<HostEmitter> extends true
  ? new <Events>() => { readonly none: Events }
  : HostEmitter;
type HostEmitter = HostModules extends infer M
  ? M extends { EventEmitter: infer Class extends new (...args: any[]) => any; errorMonitor: unknown }
    ? Class
    : never
  : never;

type HostModules = typeof globalThis extends {
  process: { getBuiltinModule: { (id: never): infer M; (id: string): unknown } };
}
  ? M
  : never;
