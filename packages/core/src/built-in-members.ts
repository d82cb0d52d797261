// The members that make an object what it is, for the run and for the compiler; a test compares them with what Node's classes have.

/** What every object has: not looked up on Object.prototype later, where anybody may put a name. */
const everyObjects: ReadonlySet<string> = /* @__PURE__ */ new Set(
  Object.getOwnPropertyNames(Object.prototype),
);
/** By what tells an emitter, the class of one, or a stream, of whichever package: its members. */
const kinds: readonly (readonly [has: string, own: RegExp])[] = [
  ['on emit', /^(on|once|off|emit|pipe|eventNames|listener(s|Count))$|Listeners?$/],
  ['getEventListeners', /^(on|once|init|listenerCount)$|Listeners?$/],
  [
    'pipe read resume',
    /^(pipe|unpipe|read|push|unshift|pause|resume|isPaused|setEncoding|wrap|iterator|compose|destroy|map|filter|forEach|toArray|some|find|every|flatMap|drop|take|reduce|asIndexedPairs)$/,
  ],
  ['write end cork', /^(write|end|cork|uncork|setDefaultEncoding|destroy)$/],
  ['getReader tee', /./],
  ['getWriter abort', /./],
  ['dispatchEvent', /^dispatchEvent$|EventListener$/],
];

/** Tells which members an object has because it is an object, an emitter or a stream. They are never converted. */
export function builtInMembersOf(object: object): (name: string) => boolean {
  const own = kinds.filter(([has]) =>
    has.split(' ').every((name) => typeof peek(object, name) === 'function'),
  );
  return (name) => everyObjects.has(name) || own.some(([, names]) => names.test(name));
}

/** The object that has a member itself. */
export function holderOf(object: object, key: PropertyKey): object | null {
  let at: object | null = object;
  while (at !== null && !Object.hasOwn(at, key)) at = Reflect.getPrototypeOf(at);
  return at;
}

/** A member without running its getter. */
export function peek(object: object, key: PropertyKey): unknown {
  const holder = holderOf(object, key);
  return holder === null ? undefined : Reflect.getOwnPropertyDescriptor(holder, key)?.value;
}

type OfKind<T, Has extends string, Own> = [Has] extends [keyof T] ? Own : never;

type Listeners = 'on' | 'once' | 'listenerCount' | `${string}Listener` | `${string}Listeners`;

/** The names of members that an object has because it is an object, an emitter or a stream. */
export type BuiltInMembers<T> =
  | keyof Object
  | OfKind<T, 'on' | 'emit', Listeners | 'off' | 'emit' | 'pipe' | 'eventNames' | 'listeners'>
  | OfKind<T, 'getEventListeners', Listeners | 'init'>
  | OfKind<
      T,
      'pipe' | 'read' | 'resume',
      | 'pipe'
      | 'unpipe'
      | 'read'
      | 'push'
      | 'unshift'
      | 'pause'
      | 'resume'
      | 'isPaused'
      | 'setEncoding'
      | 'wrap'
      | 'iterator'
      | 'compose'
      | 'destroy'
      | 'map'
      | 'filter'
      | 'forEach'
      | 'toArray'
      | 'some'
      | 'find'
      | 'every'
      | 'flatMap'
      | 'drop'
      | 'take'
      | 'reduce'
      | 'asIndexedPairs'
    >
  | OfKind<
      T,
      'write' | 'end' | 'cork',
      'write' | 'end' | 'cork' | 'uncork' | 'setDefaultEncoding' | 'destroy'
    >
  | OfKind<T, 'getReader' | 'tee', PropertyKey>
  | OfKind<T, 'getWriter' | 'abort', PropertyKey>
  | OfKind<T, 'dispatchEvent', 'dispatchEvent' | `${string}EventListener`>;
