// The members that make an object what it is: each list once, for the run and for the compiler.

const everyObject =
  'constructor toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ addEventListener removeEventListener dispatchEvent';
const onlyByName = 'then catch finally toJSON';
const emitter =
  'on once off emit addListener removeListener prependListener prependOnceListener removeAllListeners setMaxListeners getMaxListeners listeners rawListeners listenerCount eventNames getEventListeners addAbortListener pipe';
const readable =
  'pipe unpipe read push unshift pause resume isPaused setEncoding wrap iterator compose destroy map filter forEach toArray some find every flatMap drop take reduce asIndexedPairs _read _construct _destroy _undestroy';
const writable =
  'write end cork uncork setDefaultEncoding destroy _write _writev _final _transform _flush _construct _destroy _undestroy';
const webReadable = 'getReader pipeTo pipeThrough tee cancel values';
const webWritable = 'getWriter abort close';

const listed = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** What every object and event target has: not looked up on Object.prototype, where anybody may put a name. Never converted. */
export const everyObjects: ReadonlySet<string> = /* @__PURE__ */ listed(everyObject);
/** What is converted only if it is named. */
export const namedOnly: ReadonlySet<string> = /* @__PURE__ */ listed(onlyByName);

/** By the members that tell an emitter, also the class of one, or a stream, of whichever package. */
type Kinds = [
  ['on emit', typeof emitter],
  ['on once listenerCount', typeof emitter],
  ['getEventListeners', 'init'],
  ['pipe read resume', typeof readable],
  ['write end cork', typeof writable],
  ['getReader', typeof webReadable],
  ['getWriter', typeof webWritable],
];
const kinds: Kinds = [
  ['on emit', emitter],
  ['on once listenerCount', emitter],
  ['getEventListeners', 'init'], // of Node's class, not of a client
  ['pipe read resume', readable],
  ['write end cork', writable],
  ['getReader', webReadable],
  ['getWriter', webWritable],
];

/** The members that make an object an emitter or a stream. Never converted. */
export function ownAffairsOf(object: object): ReadonlySet<string> {
  const isFunction = (name: string): boolean => typeof peek(object, name) === 'function';
  const own = kinds.filter(([has]) => has.split(' ').every(isFunction));
  return listed(own.map(([, names]) => names).join(' '));
}

/** A member without running its getter. */
export function peek(object: object, key: PropertyKey): unknown {
  for (let at: object | null = object; at !== null; at = Reflect.getPrototypeOf(at)) {
    const found = Reflect.getOwnPropertyDescriptor(at, key);
    if (found !== undefined) return found.value;
  }
}

type Words<List extends string, Found = never> = List extends `${infer First} ${infer Rest}`
  ? Words<Rest, Found | First>
  : Found | List;

/** The names that are converted only if they are named. */
export type NamedOnly = Words<typeof onlyByName>;

/** The names that are never converted. */
export type OwnAffairs<T> = keyof Object | Words<typeof everyObject> | OfKind<keyof T, Kinds[number]>;

type OfKind<Key, Kind> = Kind extends [infer Has extends string, infer Own extends string]
  ? [Words<Has>] extends [Key]
    ? Words<Own>
    : never
  : never;
