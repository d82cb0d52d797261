/** Makes of this browser one from before there were Observables. */
const browser = globalThis as Record<string, unknown>;
delete browser.Observable;
delete browser.Subscriber;
delete (EventTarget.prototype as { when?: unknown }).when;
