/** Closes a `switch` over a union: a new member is a type error here, and throws if one arrives at run time. */
export function assertNever(value: never, context: string): never {
  throw new Error(`${context}: unexpected ${JSON.stringify(value)}`);
}
