import { expect, onTestFinished, test, vi } from 'vitest'
import { fixOutbox } from '../../client/net/fix-outbox.ts'
import { liveSlots } from '../../client/net/live-slots.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { serverClock } from '../../client/net/server-clock.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { Fixes, Receipt } from '../../shared/protocol/wire.ts'

const NOW_MS = 1_000_000
const rhythm = { fixEveryMs: 5_000, frameEveryMs: 2_000, nextTickAtMs: NOW_MS + 1_000, tickMs: 1_000 }

/** A phone's outbox, with a server that stores what it is asked to and says nothing of what it is told. */
async function someOutbox() {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const clock = serverClock()
  clock.anchor(NOW_MS, 1)
  const slots = liveSlots(clock)
  const outbox = fixOutbox(
    memoryPhoneStorage(),
    slots,
    () => true,
    () => undefined,
  )
  onTestFinished(() => {
    outbox.shut()
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  const told: number[][] = []
  const asked: number[][] = []
  const seqsOf = ({ fixes }: Fixes) => fixes.map(({ seq }) => seq)
  const receiptOf = ({ streamId, fixes }: Fixes): Receipt => ({
    streamId,
    ranges: fixes.map(({ seq }) => [seq, seq]),
    aside: {},
  })
  await outbox.load()
  slots.hear(rhythm)
  const way = {
    tell: (some: Fixes) => void told.push(seqsOf(some)),
    async ask(some: Fixes) {
      asked.push(seqsOf(some))
      return receiptOf(some)
    },
    stored: async (streamId: string): Promise<Receipt> => ({
      streamId,
      ranges: asked.flat().map((seq) => [seq, seq]),
      aside: {},
    }),
  }
  const open = (): void => {
    slots.welcomed()
    outbox.open(way)
  }
  open()
  const record = (): void => outbox.add({ latitudeDeg: 51, longitudeDeg: 71, takenAtMs: clock.nowMs() } satisfies Fix)
  const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return { outbox, open, told, asked, record, passes }
}

test('[OB12] all that was recorded since the last message leaves in one, a beat later', async () => {
  const { told, record, passes } = await someOutbox()
  for (let second = 0; second < 11; second++) {
    record()
    await passes(1_000)
  }
  expect(told).toEqual([[1], [2, 3, 4, 5], [6, 7, 8, 9, 10]])
})

test('[OB15] what waits for its slot is nobody else’s to send, however long that is', async () => {
  const { outbox, told, asked, record, passes } = await someOutbox()
  record()
  await passes(100)
  record()
  outbox.poke()
  await passes(4_700)
  expect({ told, asked }).toEqual({ told: [[1]], asked: [] })
  await passes(1_000)
  expect({ told, asked }).toEqual({ told: [[1], [2]], asked: [] })
})

test('[OB15] who wants to know that all is stored waits for no slot', async () => {
  const { outbox, asked, record, passes } = await someOutbox()
  record()
  await passes(100)
  record()
  await outbox.allStored()
  expect(asked).toEqual([[1, 2]])
})

test('[OB16] live fixes that were refused are sent again where there is an answer', async () => {
  const { outbox, told, asked, record, passes } = await someOutbox()
  record()
  await passes(10)
  outbox.refused()
  await passes(10)
  expect({ told, asked, left: outbox.unstoredCount() }).toEqual({ told: [[1]], asked: [[1]], left: 0 })
})

test('[OB12] a new way to the server is told the newest fix at once, whatever the beat, and then asked the rest', async () => {
  const { outbox, open, told, asked, record, passes } = await someOutbox()
  record()
  await passes(100)
  record()
  outbox.shut()
  open()
  await passes(0)
  expect({ told, asked }).toEqual({ told: [[1], [2]], asked: [[1]] })
})
