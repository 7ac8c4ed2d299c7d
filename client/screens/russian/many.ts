/** One, two to four, five and more: "1 место", "2 места", "5 мест", "21 место". */
export const form = (count: number, one: string, few: string, more: string): string => {
  const [last, lastTwo] = [count % 10, count % 100]
  if (last === 1 && lastTwo !== 11) return one
  return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14) ? few : more
}

export const many = (count: number, one: string, few: string, more: string): string =>
  `${count} ${form(count, one, few, more)}`

/** More names make nobody easier to find. */
const NAMES_MAX = 10
export const listed = (names: readonly string[]): string =>
  names.length > NAMES_MAX
    ? `${names.slice(0, NAMES_MAX).join(', ')} и ещё ${names.length - NAMES_MAX}`
    : names.join(', ')

export const phones = (count: number): string => many(count, 'телефон', 'телефона', 'телефонов')
export const bottles = (count: number): string => many(count, 'бутылка', 'бутылки', 'бутылок')
export const guests = (count: number): string => many(count, 'гость', 'гостя', 'гостей')
export const runners = (count: number): string => many(count, 'бегун', 'бегуна', 'бегунов')
