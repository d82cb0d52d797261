/** Gives the object back, so that a class that extends it puts its private field on that. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is how a private field gets on it
    return object;
  }
}

/** Objects that take no field, on an engine where what is frozen takes no private one. */
const others = new WeakMap<object, unknown>();

/** What is kept about an object that is not ours: in a private field, which nobody sees and which takes a tenth of a WeakMap's time. */
export class Mark extends Given {
  #mark: unknown = undefined;

  static of(object: object): unknown {
    return #mark in object ? object.#mark : others.get(object);
  }

  static set(object: object, mark: unknown): void {
    try {
      if (!(#mark in object)) new Mark(object);
      (object as Mark).#mark = mark;
    } catch {
      others.set(object, mark);
    }
  }
}
