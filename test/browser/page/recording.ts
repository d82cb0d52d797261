/** What the suites share: a run that writes a log, and ears for what nobody caught. */
import { type Operation, Run, run, startSelf } from '@anyasync/core';

/** Tests by their titles; each runs in the page, and passes unless it throws. */
export type Tests = Readonly<Record<string, () => void | Promise<void>>>;

/** A run that writes everything its consumer hears into a log: of an error the message, of any other object the kind. */
export class Recorder extends Run<unknown, unknown> {
  readonly log: string[] = [];
  /** The value or reason it ended with: the very object that came. */
  end: unknown;

  constructor(private readonly heard?: (item: unknown, recorder: Recorder) => void) {
    super();
  }
  override next(item: unknown): void {
    if (!this.active) return super.next(item) as void;
    this.log.push(`next ${item}`);
    this.heard?.(item, this);
  }
  protected override fulfilled(value: unknown): void {
    this.ended('value', value);
  }
  protected override completed(): void {
    this.log.push('complete');
  }
  protected override rejected(reason: unknown): void {
    this.ended('error', reason);
  }
  protected override aborted(reason: unknown): void {
    this.ended('aborted', reason);
  }
  protected override stopped(reason: unknown): void {
    this.ended('cancelled', reason);
  }
  private ended(how: string, what: unknown): void {
    this.end = what;
    this.log.push(`${how} ${what instanceof Error ? what.message : what}`);
  }
}

/** Starts an operation and records what comes of it. */
export function record<T, Item>(
  operation: Operation<T, Item>,
  heard?: (item: unknown, recorder: Recorder) => void,
): Recorder {
  const recorder = new Recorder(heard);
  run(startSelf<T, Item>, recorder, operation, []);
  return recorder;
}

/** An observer that writes into the log. */
export const observer = (log: string[]): Observer<unknown> => ({
  next: (item) => log.push(`next ${item}`),
  error: (error) => log.push(`error ${error instanceof Error ? error.message : error}`),
  complete: () => log.push('complete'),
});

/** Lets everything run that is due; the browser tells of rejections in a task of its own. */
export async function turn(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise<void>((resolve) => setTimeout(resolve));
}

/** What the window hears as an uncaught exception or as a rejection that nobody handles, while `during` runs and a turn longer. */
export async function uncaught(during: () => unknown): Promise<unknown[]> {
  const heard: unknown[] = [];
  const hear = (event: Event): void => {
    event.preventDefault(); // it is expected: the console need not tell
    heard.push(event instanceof ErrorEvent ? event.error : (event as PromiseRejectionEvent).reason);
  };
  const kinds = ['error', 'unhandledrejection'];
  for (const kind of kinds) addEventListener(kind, hear);
  try {
    await during();
    await turn();
  } finally {
    for (const kind of kinds) removeEventListener(kind, hear);
  }
  return heard;
}

/** What is written on the console as a warning while `during` runs. */
export async function warnings(during: () => unknown): Promise<unknown[][]> {
  const heard: unknown[][] = [];
  const { warn } = console;
  console.warn = (...data) => heard.push(data);
  try {
    await during();
  } finally {
    console.warn = warn;
  }
  return heard;
}
