import { asSent, fixEncoder } from '../../shared/frame/fix-codec.ts'
import { type RefusalCode, refuse } from '../../shared/protocol/errors.ts'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { Counts, Facts, Fixes, Gone, Receipt, Rhythm, Welcome } from '../../shared/protocol/wire.ts'
import { emptyPhoneBook, foldFacts, type PhoneBook } from '../../shared/run/catch-up.ts'
import { heldPlaces } from '../state/held-places.ts'
import type { RunView } from '../state/run-view.ts'
import { asking, granted } from './ask.ts'
import { pullCatchUp } from './catch-up.ts'
import { commandOutbox } from './command-outbox.ts'
import { type Dial, keepConnected, type WireSocket } from './connection.ts'
import { fixOutbox } from './fix-outbox.ts'
import { givingBack } from './giving-back.ts'
import { hearPlaces } from './hear-places.ts'
import { journalCopy } from './journal-copy.ts'
import { viewKeeper } from './kept-view.ts'
import { lastTold } from './last-told.ts'
import { liveSlots } from './live-slots.ts'
import type { Phone, PhoneOptions } from './phone.ts'
import type { PhoneStorage } from './phone-storage.ts'
import { serverClock } from './server-clock.ts'
import { trafficCount } from './traffic.ts'

const ASK_AGAIN_MS = 1_000
/** Less is the way of a welcome, not the clock. */
const CLOCK_ERROR_MS = 1_000
/** A storage that takes longer to read is not waited for. */
const LOAD_MS = 1_000

const loadedDial = async (): Promise<Dial> => (await import('./dial-socket-io.ts')).dialSocketIo

/** Connects at once and comes back by itself until it is closed. */
export function openPhone(options: PhoneOptions, dial?: Dial): Phone {
  const { urls, seat, storage, frames = 'binary', isLooking = true, keepsView = false } = options
  const listeners = new Set<(view: RunView) => void>()
  const clock = serverClock()
  const slots = liveSlots(clock)
  const places = heldPlaces()
  const copy = journalCopy(storage)
  const kept = lastTold(storage, clock.offsetMs)
  const keeper = keepsView ? viewKeeper(storage) : undefined
  const traffic = trafficCount(storage, clock.nowMs, keepsView)
  const commands = commandOutbox(storage, () => {
    changed({ waitingCommands: commands.waiting() })
    fixes.poke()
  })
  // A fix that overtook the wish to share it would not count: outside sharing nothing is kept. And whether that
  // wish must be sent again is known once this connection has caught up.
  const mayFlow = () => isInStep && !commands.waiting().some(({ command }) => command.type === 'start-sharing')
  const fixes = fixOutbox(storage, slots, mayFlow, () => changed({ waitingFixCount: fixes.unstoredCount() }))
  const back = givingBack(copy, commands)
  const me = () => (view.myId ? book.run.members.get(view.myId) : undefined)
  let book: PhoneBook = emptyPhoneBook
  let online: WireSocket | undefined
  let isPulling = false
  let isInStep = false
  let mustPullAgain = false
  let looks = isLooking
  let looksEveryMs: number | undefined
  let view: RunView = {
    link: 'connecting',
    goneReason: null,
    isCaughtUp: false,
    myId: null,
    run: book.run,
    words: book.words,
    places: new Map(),
    counts: null,
    rhythm: null,
    waitingCommands: [],
    waitingFixCount: 0,
    receiptAtMs: null,
  }

  function changed(part: Partial<RunView>): void {
    view = { ...view, ...part }
    keeper?.see(view)
    for (const listener of listeners) listener(view)
  }

  /** Whether this connection has caught up: what a fork gives back goes first. */
  function inStep(isNow: boolean): void {
    isInStep = isNow
    commands.hold(!isNow)
    if (isNow) fixes.poke()
  }

  function opened(next: PhoneBook, more: Partial<RunView> = {}): void {
    book = next
    kept.see(book)
    changed({ run: book.run, words: book.words, places: places.of(book.run), ...more })
  }

  async function pull(socket: WireSocket): Promise<void> {
    if (isPulling) {
      mustPullAgain = true // what is being answered may be older than what was missed
      return
    }
    isPulling = true
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, LOAD_MS))])
    while (socket.connected && socket === online) {
      mustPullAgain = false
      const told = book.run.version === 0 ? kept.stand() : undefined
      const asked = book
      const next = await pullCatchUp(asked, told, asking(socket, slots.answered).catchUp).catch(() => undefined)
      if (next) {
        const words = kept.words()
        const { version } = book.run
        // What was folded meanwhile is in no snapshot; a tail is in it, or goes farther.
        if (book !== asked && !next.facts) mustPullAgain = true
        opened(next.facts && next.book.run.version < version ? book : next.book, { isCaughtUp: true })
        if (next.facts) copy.see(next.facts)
        if (next.isFork) await back.afterFork(socket, words)
        else if (!isInStep) commands.again(version) // a yes that was heard, and its fact was not
        if (mustPullAgain) continue
        inStep(true)
        void back.keepCopy(socket, me(), kept.words)
        break
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    }
    isPulling = false
    if (online && online !== socket) void pull(online)
  }

  /** Unheard, it is told again at the next welcome. */
  const tellLook = (ask: ReturnType<typeof asking>) => ask.look(looks, looksEveryMs).catch(() => undefined)

  function listen(socket: WireSocket): void {
    hearPlaces(socket, places, clock, () => {
      if (book.run.version > 0) changed({ places: places.of(book.run) }) // until then those of before are shown
    })
    let encoder = fixEncoder()
    const tell = (some: Fixes) =>
      void (frames === 'binary' ? socket.emit('raw', encoder.encode(some)) : socket.emit('fixes', some))
    socket.on('refused', () => {
      encoder = fixEncoder() // what comes next must stand on nothing that was refused
      fixes.refused()
    })
    socket.on('rhythm', (rhythm: Rhythm) => {
      clock.hear(rhythm.nextTickAtMs - rhythm.tickMs) // it is told at a tick
      slots.hear(rhythm)
      fixes.poke()
      changed({ rhythm })
    })
    socket.on('lost', () => void back.inLobby(socket, kept.words))
    socket.on('again', () => {
      inStep(false)
      fixes.compare()
      void pull(socket)
    })
    socket.on('welcome', (welcome: Welcome) => {
      const errorMs = clock.anchor(welcome.nowMs, welcome.timeScale)
      if (Math.abs(errorMs) > CLOCK_ERROR_MS) fixes.retime(errorMs)
      online = socket
      changed({ link: 'online', myId: welcome.memberId })
      slots.welcomed()
      const ask = asking(socket, slots.answered)
      void tellLook(ask) // its answer tells how long the way is, too
      inStep(false)
      void pull(socket)
      commands.open(ask.command)
      fixes.open({
        tell,
        stored: (streamId) => granted(ask.stored(streamId)),
        async ask(some) {
          const receipt = await granted(ask.fixes(some))
          if (receipt) changed({ receiptAtMs: clock.nowMs() })
          return receipt
        },
      })
    })
    socket.on('facts', (facts: Facts) => {
      const next = foldFacts(book, facts)
      if (next === 'gap') void pull(socket)
      else {
        copy.see(facts)
        opened(next)
      }
    })
    socket.on('receipt', (receipt: Receipt) => {
      fixes.received(receipt)
      changed({ receiptAtMs: clock.nowMs() })
    })
    socket.on('counts', (counts: Counts) => changed({ counts }))
    socket.on('gone', ({ reason }: Gone) => {
      over({ link: 'gone', goneReason: reason })
      if (reason === 'forgotten') void forgetAll(storage) // G8
    })
  }

  function over(part: Partial<RunView>, code: RefusalCode = 'not-a-member'): void {
    connection.close()
    stopKeeping()
    if (part.link === 'gone') keeper?.forget() // PW9
    shut()
    // The answer to a wish may have come with the same bytes as the end: it is heard first.
    setTimeout(() => commands.refuseAll(refuse(code)), 0)
    changed(part)
  }

  function stopKeeping(): void {
    kept.close()
    keeper?.close()
    traffic.close()
  }

  /** What this phone knew when it was last open, until it is told anew. */
  async function showKept(): Promise<void> {
    const known = await keeper?.known(clock.nowMs())
    if (known && book.run.version === 0) changed(known)
  }

  function shut(): void {
    online = undefined
    inStep(false)
    commands.shut()
    fixes.shut()
  }

  const greeting = { seat, wire: WIRE_VERSION, outbox: OUTBOX_VERSION, frames }
  const connection = keepConnected(
    urls,
    greeting,
    {
      onSocket: listen,
      onTraffic: traffic.add,
      onLost() {
        shut()
        changed({ link: 'offline' })
      },
      onRefused: (code) =>
        over(code === 'not-a-member' ? { link: 'gone', goneReason: 'removed' } : { link: 'outdated' }, code),
    },
    () => dial ?? loadedDial(),
  )
  // Read at once, for a phone that opens waits for each answer. Shown afterwards: until the wishes are read, nobody knows whether one to
  // share is among them.
  // What cannot be read is heard anew, and takes nothing of the rest with it.
  const loaded = Promise.allSettled([commands, copy, kept, keeper, traffic].map((each) => each?.load()))
    .then(() => clock.presume(kept.offsetMs()))
    .then(showKept)
    .catch(() => undefined)
  void loaded.finally(() => fixes.load())

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    send: (command) => commands.send(command),
    addFix: (fix) => fixes.add(asSent(fix)),
    allFixesStored: () => fixes.allStored(),
    whenRead: () => loaded,
    nowMs: () => clock.nowMs(),
    nextFixAtMs: () => slots.nextFixAtMs(),
    look(now, everyMs) {
      if (now === looks && everyMs === looksEveryMs) return
      looks = now
      looksEveryMs = everyMs
      if (!now) keeper?.write()
      if (online) void tellLook(asking(online))
    },
    traffic: traffic.now,
    async close() {
      connection.close()
      keeper?.write()
      stopKeeping()
      shut()
      listeners.clear()
    },
  }
}

async function forgetAll(storage: PhoneStorage): Promise<void> {
  for (const key of await storage.keys()) await storage.delete(key)
}
