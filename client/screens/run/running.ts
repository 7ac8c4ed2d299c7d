/** One open run in this tab: the phone, what it sees, and what the browser adds (place, clock, route). */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { FreeTrackState } from '../../../shared/geo/pace/free-track.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { SharedRoute } from '../../../shared/protocol/http.ts'
import type { Accepted } from '../../../shared/protocol/wire.ts'
import type { Command } from '../../../shared/run/commands.ts'
import type { Member } from '../../../shared/run/state.ts'
import { browserPhoneStorage } from '../../net/browser-storage.ts'
import { sharedRoute } from '../../net/http-calls.ts'
import { routeOf } from '../../net/kept-route.ts'
import { openPhone } from '../../net/open-phone.ts'
import type { Phone } from '../../net/phone.ts'
import { noOutlook } from '../../state/no-outlook.ts'
import type { Outlook } from '../../state/outlook.ts'
import { me } from '../../state/people.ts'
import type { RunView } from '../../state/run-view.ts'
import { mayLocate } from '../../state/sharing.ts'
import { changeSeat, type KeptSeat } from '../kept.ts'
import { refusalText, t } from '../texts.ts'
import { whenLoaded } from '../when-loaded.ts'
import { type Locating, locator } from './locate.ts'
import { lookClock } from './look-clock.ts'
import { oncePerTurn } from './once-per-turn.ts'
import { ownWay } from './own-way.ts'
import type { GivenRoute } from './reckoning.ts'
import { keepAwake } from './wake-lock.ts'

export type Running = {
  readonly kept: KeptSeat
  readonly phone: Phone
  readonly view: ReadonlySignal<RunView>
  /** The server's clock, told each second: what every age on the screen is reckoned by. */
  readonly nowMs: ReadonlySignal<number>
  readonly route: ReadonlySignal<SharedRoute | null>
  /** The pack and the meetings, worked out each second; nothing before the code for it has come. */
  readonly outlook: ReadonlySignal<Outlook>
  /** What this phone has recorded of its owner's way. */
  readonly way: ReadonlySignal<FreeTrackState | null>
  readonly locating: ReadonlySignal<Locating>
  /** Whether this browser is to locate while its owner shares. */
  readonly locates: Signal<boolean>
  readonly notice: Signal<string | null>
  /** Sends a wish and tells a refusal in words. */
  readonly wish: (command: Command) => Promise<Accepted | Refusal>
  readonly retryLocating: () => void
  /** What an earlier page left is read, and is what `view` and `nowMs` are. */
  readonly whenRead: () => Promise<void>
  readonly close: () => Promise<void>
}

export function openRunning(kept: KeptSeat): Running {
  const storage = browserPhoneStorage(kept.seat)
  const phone = openPhone({
    urls: [location.origin],
    seat: kept.seat,
    storage,
    isLooking: isVisible(),
    keepsView: true,
  })
  const view = signal(phone.view())
  const nowMs = signal(phone.nowMs())
  const notice = signal<string | null>(null)
  void storage.keys().catch(() => {
    notice.value = t.link.noStorage
  })
  const locates = signal(kept.locates)
  const given = signal<GivenRoute | null>(null)
  const route = computed(() => given.value?.route ?? null)
  const outlook = signal(noOutlook)
  let reckon: ReturnType<typeof import('./reckoning.ts').reckoner> | null = null
  void whenLoaded(() => import('./reckoning.ts')).then(({ reckoner }) => {
    reckon = reckoner()
  })
  const own = ownWay(storage)
  const place = locator({
    nowMs: () => phone.nowMs(),
    onFix(fix) {
      phone.addFix(fix)
      own.add(fix)
    },
  })

  const clock = lookClock(() => {
    nowMs.value = phone.nowMs()
    if (reckon) outlook.value = reckon(outlook.value, view.value, given.value, nowMs.value)
  })
  const news = oncePerTurn(() =>
    batch(() => {
      view.value = phone.view()
      clock.heard()
    }),
  )
  let closing: Promise<void> | null = null
  const seen = () => {
    phone.look(isVisible())
    clock.now()
  }
  document.addEventListener('visibilitychange', seen)

  const wantsPlace = computed(() => locates.value && mayLocate(view.value))
  const routeId = computed(() => view.value.run.head.route?.routeId ?? null)
  const isOnline = computed(() => view.value.link === 'online')
  const stops = [
    phone.subscribe(news.tell),
    news.stop,
    effect(() => {
      if (!wantsPlace.value) return
      place.start()
      const letDark = keepAwake()
      return () => {
        place.stop()
        letDark()
      }
    }),
    effect(() => {
      changeSeat(kept.seat, { locates: locates.value })
    }),
    effect(() => {
      const id = routeId.value
      if (id === null || (!isOnline.value && given.peek()?.routeId === id)) return
      void routeOf(storage, id, () => sharedRoute(location.origin, kept.seat)).then((route) => {
        if (route && routeId.peek() === id) given.value = { routeId: id, route }
      })
    }),
  ]

  return {
    kept,
    phone,
    view,
    nowMs,
    route,
    outlook,
    way: own.way,
    locating: place.state,
    locates,
    notice,
    async wish(command) {
      const answer = await phone.send(command)
      if (!answer.ok) notice.value = refusalText(answer)
      return answer
    },
    retryLocating() {
      place.stop()
      place.start()
    },
    async whenRead() {
      await phone.whenRead()
      batch(() => {
        view.value = phone.view()
        clock.now() // by the server's clock, if that is among what was read
      })
    },
    close() {
      clock.stop()
      document.removeEventListener('visibilitychange', seen)
      for (const stop of stops.splice(0)) stop()
      place.stop()
      closing ??= phone.close()
      return closing
    },
  }
}

const isVisible = (): boolean => document.visibilityState === 'visible'

export const RunningContext = createContext<Running | null>(null)

export type Run = Omit<Running, 'view' | 'nowMs'> & {
  readonly view: RunView
  readonly nowMs: number
  readonly mine: Member | undefined
}

/** The open run as it is now; the component is drawn again when it changes. */
export function useRun(): Run {
  const running = useContext(RunningContext)
  if (!running) throw new Error('outside a run')
  const view = running.view.value
  return { ...running, view, nowMs: running.nowMs.value, mine: me(view) }
}
