/** Libraries without types of their own. */
declare module 'memdown' {
  export default class MemDOWN {
    _get(key: Buffer, options: object, done: (error?: Error, value?: Buffer) => void): void;
  }
}
