import { CallbackList } from './callback-list.js';

/** Where a Deferred is. */
export type DeferredState = 'pending' | 'resolved' | 'rejected';

/** What can be done to a Deferred. */
export type Action = 'notify' | 'resolve' | 'reject';

/** The callbacks of an action: the users' own, and before them those of `then`. */
interface Lists {
  readonly callbacks: CallbackList;
  readonly handlers: CallbackList;
}

/** What a Deferred and its promise share: the state, and three times two lists of callbacks. */
export class Settling {
  state: DeferredState = 'pending';
  readonly notify: Lists;
  readonly resolve: Lists;
  readonly reject: Lists;

  constructor(isolated: boolean) {
    const lists = (once: boolean): Lists => ({
      callbacks: new CallbackList(once, isolated),
      handlers: new CallbackList(once, isolated),
    });
    this.notify = lists(false);
    this.resolve = lists(true);
    this.reject = lists(true);
    this.first('notify');
    this.first('resolve', () => this.settle('resolved', this.reject));
    this.first('reject', () => this.settle('rejected', this.resolve));
  }

  /** What happens before the users' own callbacks. */
  private first(action: Action, settle?: () => void): void {
    const { callbacks, handlers } = this[action];
    callbacks.add([
      function (this: unknown, ...args: unknown[]) {
        settle?.();
        handlers.fire(this, args);
      },
    ]);
  }

  private settle(state: DeferredState, other: Lists): void {
    this.state = state;
    other.callbacks.disable();
    other.handlers.disable();
    this.notify.callbacks.lock();
    this.notify.handlers.lock();
  }
}
