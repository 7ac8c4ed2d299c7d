/** What this browser keeps of a seat's run goes: when its owner says so, and once its retention is over. */
import type { CommandId } from '../../shared/units.ts'
import { browserPhoneStorage, forgetBrowserStorage } from './browser-storage.ts'
import { putPush } from './http-calls.ts'
import { isOver } from './kept-view.ts'
import { newId } from './new-id.ts'
import { notedSeats } from './worker-notes.ts'

/** A phone that has forgotten a run is not rung for it any more, where there is a network to say so. */
export async function forgetHere(url: string, seat: string): Promise<void> {
  const notes = await notedSeats().catch(() => [])
  if (notes.some((note) => note.seat === seat)) void putPush(url, seat, newId<CommandId>('cmd'), null)
  forgetBrowserStorage(seat)
}

/** PW9: also of runs whose pages nobody opens any more. */
export async function forgetWhatIsOver(seats: readonly string[]): Promise<void> {
  for (const seat of seats) {
    const isLeft = await isOver(browserPhoneStorage(seat), Date.now()).catch(() => false)
    if (isLeft) forgetBrowserStorage(seat)
  }
}
