import { assertArgument } from '@anyasync/core';
import type { Convention } from './convention.js';

/** Names of the methods through which an options object or a handler object hears of each event. */
export interface Methods {
  readonly resolve?: string | undefined;
  readonly reject?: string | undefined;
  readonly next?: string | undefined;
  readonly complete?: string | undefined;
  readonly abort?: string | undefined;
}

const events: readonly string[] = ['resolve', 'reject', 'next', 'complete', 'abort'];

/** The methods of a convention, with the defaults of its style. */
export function methodsOf(
  style: Convention['style'],
  given: Methods | undefined,
  multiple: boolean,
): Methods {
  const insist = (holds: boolean, message: string): void =>
    assertArgument(holds, 'methods', given, `[callback] ${message}`);
  if (style !== 'options' && style !== 'handler') {
    insist(given === undefined, "only the styles 'options' and 'handler' have methods.");
    return Object.create(null);
  }
  // What somebody has put on Object.prototype names no method.
  const methods: Methods = Object.assign(Object.create(null), given ?? defaults(style, multiple));
  for (const [event, name] of Object.entries(methods)) {
    const message = `[callback] methods has no ${event}: is it misspelt? It names ${events.join(', ')}.`;
    assertArgument(events.includes(event), `methods.${event}`, event, message);
    insist(name === undefined || typeof name === 'string', `methods.${event} is a string.`);
  }
  const names = Object.values(methods).filter((name) => name !== undefined);
  insist(new Set(names).size === names.length, 'each method hears one event: give them different names.');
  insist(
    multiple === (methods.next !== undefined),
    'with multiple, name the method that hears each item: { next }; without, none.',
  );
  insist(
    multiple || methods.resolve !== undefined || methods.complete !== undefined,
    'name the method that hears the value: { resolve }.',
  );
  return methods;
}

function defaults(style: 'options' | 'handler', multiple: boolean): Methods {
  const value = (name: string, item: string): Methods => (multiple ? { next: item } : { resolve: name });
  return style === 'options'
    ? { ...value('success', 'success'), reject: 'error' }
    : { ...value('onSuccess', 'onNext'), reject: 'onError', complete: 'onComplete', abort: 'onCancel' };
}
