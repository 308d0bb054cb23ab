/**
 * A memory of what was made lately, by a key that says everything about it. Two generations: when the newer is full it
 * becomes the older, and what the older still held is forgotten. What is asked for again stays.
 */
export class Recent<Value> {
  private readonly most: number;
  private newer = new Map<string, Value>();
  private older = new Map<string, Value>();
  private weight = 0;

  /** @param most weight of one generation, from 1: a new one begins when it is reached */
  constructor(most: number) {
    this.most = most;
  }

  /** The value under the key, made when it is not known. `weightOf` says what it takes to keep; 1 if left out. */
  recall(key: string, make: () => Value, weightOf: (value: Value) => number = () => 1): Value {
    const known = this.newer.get(key);
    if (known !== undefined) return known;
    const value = this.older.get(key) ?? make();
    if (this.weight >= this.most) {
      this.older = this.newer;
      this.newer = new Map();
      this.weight = 0;
    }
    this.newer.set(key, value);
    this.weight += weightOf(value);
    return value;
  }
}
