/** A phone of the real SDK whose every wish, answer and fix goes into the history; with a network and a clock of its own. */
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import { memoryPhoneStorage, type PhoneStorage } from '../../client/net/phone-storage.ts'
import type { RunView } from '../../client/state/run-view.ts'
import { asSent } from '../../shared/frame/fix-codec.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Role } from '../../shared/run/roles.ts'
import type { MemberId, RequestId } from '../../shared/units.ts'
import type { History } from './history.ts'
import { byClockOf, type PhoneClock } from './phone-clock.ts'
import type { PhoneNetwork } from './phone-network.ts'

const ACCURACY_M = 5

export type RecordedPhone = {
  readonly name: string
  readonly role: Role
  readonly memberId: MemberId
  readonly seat: string
  readonly network: PhoneNetwork
  readonly clock: PhoneClock
  view(): RunView
  /** Resolves with the answer; `undefined` when the phone was restarted or closed before one came. */
  send(command: Command, about?: RequestId): Promise<Accepted | Refusal | undefined>
  addFix(place: Place): void
  nowMs(): number
  /** When its link was last not open, by `performance.now()`. */
  lastOfflineMs(): number
  allFixesStored(): Promise<void>
  /** Whenever the view changes, also after a restart, until the returned function is called. */
  subscribe(listener: (view: RunView) => void): () => void
  /** As when the app is killed and opened again: what was kept stays, who waited is gone. */
  restart(): Promise<void>
  close(): Promise<void>
}

export type PhoneOwner = Pick<RecordedPhone, 'name' | 'role' | 'memberId' | 'seat' | 'network'>

export function recordedPhone(owner: PhoneOwner, history: History, firstNode: number): RecordedPhone {
  const { memberId, seat, network } = owner
  const clock: PhoneClock = { offsetMs: 0 }
  const storage: PhoneStorage = memoryPhoneStorage()
  const urls = network.urls.map((_, i) => network.urls[(i + firstNode) % network.urls.length] as string)
  const listeners = new Set<(view: RunView) => void>()
  const waiting = new Set<() => void>()
  let link = ''
  let lastOfflineMs = performance.now()
  let wasWelcomed = false
  let phone = opened()

  function opened(): Phone {
    wasWelcomed = false
    const next = byClockOf(clock, () => openPhone({ urls, seat, storage }))
    next.subscribe((view) => {
      if (view.link !== link) {
        link = view.link
        lastOfflineMs = performance.now()
        history.noted('link', { byId: memberId, link, node: network.nodeNo() })
      }
      wasWelcomed ||= view.link === 'online'
      // Before it is online it may not have read yet what it had kept.
      if (view.link === 'online' && view.waitingFixCount === 0) history.allStored(memberId)
      for (const listener of listeners) listener(view)
    })
    return next
  }

  /** Who waits for an answer of this phone learns that none will come. */
  function giveUp(): void {
    for (const resolve of waiting) resolve()
    waiting.clear()
  }

  return {
    ...owner,
    clock,
    view: () => phone.view(),
    nowMs: () => phone.nowMs(),
    lastOfflineMs: () => (phone.view().link === 'online' ? lastOfflineMs : performance.now()),
    async send(command, about) {
      const answering = byClockOf(clock, () => phone.send(command))
      const commandId = phone.view().waitingCommands.at(-1)?.commandId
      if (commandId === undefined) return answering // the seat is over, and nothing was sent
      const op = history.invoked({ byId: memberId, commandId, command, about: about ?? null })
      const answer = await new Promise<Accepted | Refusal | undefined>((resolve) => {
        const leave = () => resolve(undefined)
        waiting.add(leave)
        void answering.then((said) => {
          waiting.delete(leave)
          resolve(said)
        })
      })
      if (answer) history.answered(op, answer)
      return answer
    },
    addFix(place) {
      // Without a word from the server yet, a phone whose clock is wrong cannot know the time.
      if (clock.offsetMs !== 0 && !wasWelcomed) return
      const fix = asSent({ ...place, takenAtMs: phone.nowMs(), accuracyM: ACCURACY_M })
      history.recorded(memberId, fix)
      byClockOf(clock, () => phone.addFix(fix))
    },
    allFixesStored: () => phone.allFixesStored(),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async restart() {
      history.noted('restart', { byId: memberId })
      await phone.close()
      giveUp()
      phone = opened()
    },
    async close() {
      giveUp()
      await phone.close()
      network.close()
    },
  }
}
