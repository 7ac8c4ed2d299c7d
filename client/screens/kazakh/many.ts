/** No word is inflected after a number: "1 бөтелке", "5 бөтелке". */
const NAMES_MAX = 10
/** More names make nobody easier to find. */
export const listed = (names: readonly string[]): string =>
  names.length > NAMES_MAX
    ? `${names.slice(0, NAMES_MAX).join(', ')} және тағы ${names.length - NAMES_MAX}`
    : names.join(', ')
