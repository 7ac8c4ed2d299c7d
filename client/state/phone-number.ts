/** A number as people type it: with dots, slashes and every kind of dash. */
const PHONE = /^\+?[0-9 ()-]{3,20}$/

/** As it is sent; `null` for none, `undefined` for what nobody could call. */
export function phoneFrom(typed: string): string | null | undefined {
  const phone = typed
    .replaceAll(/[\s./]+/g, ' ')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .trim()
  if (phone === '') return null
  return PHONE.test(phone) && /\d/.test(phone) ? phone : undefined
}
