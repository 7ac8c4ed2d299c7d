export const many = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`

/** More names make nobody easier to find. */
const NAMES_MAX = 10
export const listed = (names: readonly string[]): string =>
  names.length > NAMES_MAX
    ? `${names.slice(0, NAMES_MAX).join(', ')} and ${names.length - NAMES_MAX} more`
    : names.join(', ')
