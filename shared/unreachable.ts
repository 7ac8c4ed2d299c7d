/** The compiler points here when a new kind of thing was forgotten in a switch. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`)
}
