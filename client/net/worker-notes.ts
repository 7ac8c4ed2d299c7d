/**
 * What the page leaves for its worker, which has neither `localStorage` nor an open run: whose seats this browser has, and in which
 * language to speak. One database for all, beside the one of each seat.
 */
import { createStore, del, entries, get, set } from 'idb-keyval'
import type { MemberId } from '../../shared/units.ts'

export type SeatNote = {
  readonly memberId: MemberId
  readonly seat: string
  /** What stands in the address of the run's page. */
  readonly key: string
  /** Where the server was told to push to for this seat. */
  readonly endpoint: string
}

const LANGUAGE = 'language'
const seatKey = (memberId: MemberId): string => `seat:${memberId}`
const store = () => createStore('serik worker', 'notes')

export const noteLanguage = (language: string): Promise<void> => set(LANGUAGE, language, store())
export const notedLanguage = (): Promise<string | undefined> => get<string>(LANGUAGE, store())

export const noteSeat = (note: SeatNote): Promise<void> => set(seatKey(note.memberId), note, store())
export const notedSeat = (memberId: MemberId): Promise<SeatNote | undefined> =>
  get<SeatNote>(seatKey(memberId), store())
export const forgetNotedSeat = (memberId: MemberId): Promise<void> => del(seatKey(memberId), store())

export const notedSeats = async (): Promise<readonly SeatNote[]> =>
  (await entries<string, SeatNote>(store())).flatMap(([key, note]) => (key.startsWith('seat:') ? [note] : []))

export async function forgetNotesOf(seat: string): Promise<void> {
  for (const note of await notedSeats()) if (note.seat === seat) await forgetNotedSeat(note.memberId)
}
