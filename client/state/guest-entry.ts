/** One field for guests: `+12` is a head count, `17` a start number, anything else a name. */
import { NAME_MAX } from '../../shared/run/words.ts'

export type GuestEntry = {
  readonly count: number
  readonly name: string | null
  readonly startNumber: string | null
}

const COUNT_MAX = 500

/** `null` for what is none of the three. */
export function guestEntry(typed: string): GuestEntry | null {
  const text = typed.trim()
  if (text === '') return null
  const count = /^\+\s*(\d{1,3})$/.exec(text)?.[1]
  if (count !== undefined) {
    const heads = Number(count)
    return heads >= 1 && heads <= COUNT_MAX ? { count: heads, name: null, startNumber: null } : null
  }
  if (text.startsWith('+')) return null
  const startNumber = /^(?:#|No\.?\s*|№\s*)?(\d{1,6}[A-Za-z]?)$/u.exec(text)?.[1]
  if (startNumber !== undefined) return { count: 1, name: null, startNumber }
  return text.length <= NAME_MAX ? { count: 1, name: text, startNumber: null } : null
}
