import { fromCallback } from 'anyasync';
import { toObservable } from 'anyasync/rxjs';
import { type Action, applyMiddleware, createStore } from 'redux';
import { combineEpics, createEpicMiddleware, type Epic, ofType } from 'redux-observable';
import { catchError, map, of, switchMap, takeUntil } from 'rxjs';
import { expect, test } from 'vitest';
import { idle, testHost } from './host.js';

interface Loaded extends Action<string> {
  readonly of?: string;
}
type Done = (error: Error | null, text?: string) => void;

let running = 0;
/** A legacy API with a handle. */
function load(name: string, done: Done): { abort(): void } {
  running++;
  const immediate = setImmediate(() => {
    running--;
    if (name === 'missing') done(new Error('missing'));
    else if (name !== 'never') done(null, `text of ${name}`);
    else running++;
  });
  return {
    abort() {
      clearImmediate(immediate);
      running--;
    },
  };
}

const loading: Epic<Loaded, Loaded> = (actions) =>
  actions.pipe(
    ofType('load'),
    switchMap(({ of: name = '' }) =>
      toObservable(fromCallback(load, name)).pipe(
        map((text) => ({ type: 'loaded', of: text })),
        takeUntil(actions.pipe(ofType('cancel'))),
        catchError((error: Error) => of({ type: 'failed', of: error.message })),
      ),
    ),
  );

class Store {
  readonly seen: Loaded[] = [];
  readonly store: { dispatch(action: Loaded): unknown };
  constructor() {
    const middleware = createEpicMiddleware<Loaded, Loaded>();
    const reduce = (state: number | undefined, action: Loaded): number => {
      this.seen.push(action);
      return (state ?? 0) + 1;
    };
    this.store = createStore(reduce, applyMiddleware(middleware) as never);
    middleware.run(combineEpics(loading));
  }
  async ends(...actions: Loaded[]): Promise<string[]> {
    this.seen.length = 0;
    for (const action of actions) this.store.dispatch(action);
    await idle();
    return this.seen.map(({ type, of: name }) => `${type} ${name ?? ''}`.trim());
  }
}

testHost<Store>({
  name: 'redux-observable 2.0.0',
  converted: 'toObservable(fromCallback(load, name)) in an epic',
  open: () => new Store(),
  works: async (store) =>
    expect(await store.ends({ type: 'load', of: 'a' })).toEqual(['load a', 'loaded text of a']),
  more: (store) => {
    test('a cancel action stops the work; the epic goes on', async () => {
      expect(await store().ends({ type: 'load', of: 'never' }, { type: 'cancel' })).toEqual([
        'load never',
        'cancel',
      ]);
      expect(running).toBe(0);
    });

    test('a thousand loads, each in place of the one before: one is answered, none runs', async () => {
      const loads = Array.from({ length: 1000 }, (_, n) => ({ type: 'load', of: String(n) }));
      expect((await store().ends(...loads)).slice(1000)).toEqual(['loaded text of 999']);
      expect(running).toBe(0);
    });

    test('an error is an action, and not the end of the epic', async () => {
      expect(await store().ends({ type: 'load', of: 'missing' })).toEqual(['load missing', 'failed missing']);
    });
  },
});
