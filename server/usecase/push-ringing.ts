/** Rings the phones of a run that nobody looks at: each fact once, from the node that made it one. */
import { createHash } from 'node:crypto'
import { type PushNote, type PushSubscriptionGiven, replacesKey } from '../../shared/run/push.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type CommandId, type MemberId, MINUTE_MS, type RunId, SECOND_MS } from '../../shared/units.ts'
import type { Wish } from '../core/decision.ts'
import { type Push, pushesOf } from '../core/pushes.ts'
import type { Entry } from '../store/store.ts'
import type { House } from './house.ts'
import type { Looks, Presence } from './presence.ts'
import type { RunBook } from './run-book.ts'

/** What comes back after a store had lost it rings nobody any more. */
const NEWS_MS = 2 * MINUTE_MS
const TEST: Omit<Push, 'toId'> = { note: { what: 'test' }, ttlMs: 30 * SECOND_MS, isUrgent: true, isAlways: true }

export type Ringing = {
  ring(added: readonly Entry[]): void
  test(memberId: MemberId): void
}

export function ringingOf(
  house: House,
  runId: RunId,
  book: () => RunBook,
  presence: Pick<Presence, 'whoLooks'>,
  obey: (commandId: CommandId, wish: Wish, byId: MemberId) => Promise<unknown>,
): Ringing {
  function push({ toId, note, ttlMs, isUrgent, isAlways }: Push, atMs: number, looks?: Looks): void {
    const { run, words } = book()
    const member = run.members.get(toId)
    const text = member?.hasPush ? words.get(wordKey.push(toId))?.text : undefined
    if (!member || !text || !house.pushes) return
    if (!isAlways && looks?.(member)) return // PU14
    const whole: PushNote = { runId, toId, atMs, ...note }
    const key = replacesKey(whole)
    house.pushes.add({
      subscription: JSON.parse(text) as PushSubscriptionGiven,
      body: JSON.stringify(whole),
      ttlMs,
      isUrgent,
      isFirst: note.what === 'help',
      replaces: createHash('sha256').update(`${key} ${toId}`).digest('base64url').slice(0, 32),
      onGone: () => forget(toId, text),
    })
  }

  /** PU15: unless another one has been given since. */
  function forget(memberId: MemberId, text: string): void {
    if (book().words.get(wordKey.push(memberId))?.text !== text) return
    const id = house.seals.observedId(runId, `gone/${memberId}/${text}/${book().run.version}`)
    void obey(id, { type: 'set-push', subscription: null }, memberId).catch(() => undefined) // found out again at the next push
  }

  return {
    ring(added) {
      if (!house.pushes) return
      const nowMs = house.clock.nowMs()
      let looks: Looks | undefined
      for (const { fact } of added) {
        if (nowMs - fact.atMs > NEWS_MS * house.clock.timeScale) continue
        for (const each of pushesOf(book().run, fact)) {
          looks ??= presence.whoLooks(performance.now())
          push(each, fact.atMs, looks)
        }
      }
    },
    test: (toId) => push({ ...TEST, toId }, house.clock.nowMs()),
  }
}
