import { type RefusalCode, refuse } from '../../shared/protocol/errors.ts'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { Counts, Facts, Gone, Places, Receipt, Welcome } from '../../shared/protocol/wire.ts'
import { emptyPhoneBook, foldFacts, type PhoneBook } from '../../shared/run/catch-up.ts'
import { heldPlaces } from '../state/held-places.ts'
import type { RunView } from '../state/run-view.ts'
import { asking, granted } from './ask.ts'
import { pullCatchUp } from './catch-up.ts'
import { commandOutbox } from './command-outbox.ts'
import { type Dial, dialSocketIo, keepConnected, type WireSocket } from './connection.ts'
import { fixOutbox } from './fix-outbox.ts'
import { givingBack } from './giving-back.ts'
import { journalCopy } from './journal-copy.ts'
import { lastTold } from './last-told.ts'
import type { Phone, PhoneOptions } from './phone.ts'
import type { PhoneStorage } from './phone-storage.ts'
import { serverClock } from './server-clock.ts'

const ASK_AGAIN_MS = 1_000
/** Less is the way of a welcome, not the clock. */
const CLOCK_ERROR_MS = 1_000
/** A storage that takes longer to read is not waited for. */
const LOAD_MS = 1_000

/** Connects at once and comes back by itself until it is closed. */
export function openPhone(options: PhoneOptions, dial: Dial = dialSocketIo): Phone {
  const { urls, seat, storage, frames = 'binary', isLooking = true } = options
  const listeners = new Set<(view: RunView) => void>()
  const clock = serverClock()
  const places = heldPlaces()
  const copy = journalCopy(storage)
  const kept = lastTold(storage, clock.offsetMs)
  const commands = commandOutbox(storage, () => {
    changed({ waitingCommands: commands.waiting() })
    fixes.poke()
  })
  // A fix that overtook the wish to share it would not count: outside sharing nothing is kept. And whether that
  // wish must be sent again is known once this connection has caught up.
  const mayFlow = () => isInStep && !commands.waiting().some(({ command }) => command.type === 'start-sharing')
  const fixes = fixOutbox(storage, mayFlow, () => changed({ waitingFixCount: fixes.unstoredCount() }))
  const back = givingBack(copy, commands)
  const me = () => (view.myId ? book.run.members.get(view.myId) : undefined)
  let book: PhoneBook = emptyPhoneBook
  let online: WireSocket | undefined
  let isPulling = false
  let isInStep = false
  let mustPullAgain = false
  let keyAskedAtMs = Number.NEGATIVE_INFINITY
  let looks = isLooking
  let view: RunView = {
    link: 'connecting',
    goneReason: null,
    isCaughtUp: false,
    myId: null,
    run: book.run,
    words: book.words,
    places: new Map(),
    counts: null,
    waitingCommands: [],
    waitingFixCount: 0,
    receiptAtMs: null,
  }

  function changed(part: Partial<RunView>): void {
    view = { ...view, ...part }
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
      const next = await pullCatchUp(book, told, asking(socket).catchUp).catch(() => undefined)
      if (next) {
        const words = kept.words()
        const { version } = book.run
        opened(next.book, { isCaughtUp: true })
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

  function listen(socket: WireSocket): void {
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
      if (!looks) socket.emit('look', { isLooking: false })
      inStep(false)
      void pull(socket)
      const ask = asking(socket)
      commands.open(ask.command)
      fixes.open({
        tell: (some) => void socket.emit('fixes', some),
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
    socket.on('frame', (bytes: Uint8Array | ArrayBuffer) => {
      const isFollowing = places.frame(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes)
      if (!isFollowing && performance.now() - keyAskedAtMs > ASK_AGAIN_MS) {
        keyAskedAtMs = performance.now()
        socket.emit('key-frame', {})
      }
      changed({ places: places.of(book.run) })
    })
    socket.on('places', (json: Places) => {
      places.json(json)
      changed({ places: places.of(book.run) })
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
    kept.close()
    shut()
    // The answer to a wish may have come with the same bytes as the end: it is heard first.
    setTimeout(() => commands.refuseAll(refuse(code)), 0)
    changed(part)
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
      onLost() {
        shut()
        changed({ link: 'offline' })
      },
      onRefused: (code) =>
        over(code === 'not-a-member' ? { link: 'gone', goneReason: 'removed' } : { link: 'outdated' }, code),
    },
    dial,
  )
  // In this order: until the wishes are read, nobody knows whether one to share is among them.
  const loaded = commands
    .load()
    .then(() => Promise.all([copy.load(), kept.load()]))
    .then(() => clock.presume(kept.offsetMs()))
    .catch(() => undefined) // a phone without storage has what it hears from now on
  void loaded.finally(() => fixes.load())

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    send: (command) => commands.send(command),
    addFix: (fix) => fixes.add(fix),
    allFixesStored: () => fixes.allStored(),
    nowMs: () => clock.nowMs(),
    look(now) {
      if (now === looks) return
      looks = now
      online?.emit('look', { isLooking: now })
    },
    async close() {
      connection.close()
      kept.close()
      shut()
      listeners.clear()
    },
  }
}

async function forgetAll(storage: PhoneStorage): Promise<void> {
  for (const key of await storage.keys()) await storage.delete(key)
}
