import { expect, onTestFinished, test, vi } from 'vitest'
import { laterReceipts } from '../../server/transport/later-receipts.ts'
import type { Receipt } from '../../shared/protocol/wire.ts'

const through = (seq: number): Receipt => ({ streamId: 'stream01', ranges: [[1, seq]], aside: {} })

function someReceipts() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const told: Receipt[] = []
  return { told, receipts: laterReceipts((receipt) => told.push(receipt)) }
}

test('[RC10] receipts of single fixes come at most each ten seconds, the last one of them', async () => {
  const { told, receipts } = someReceipts()
  receipts.put(through(1))
  await vi.advanceTimersByTimeAsync(1)
  for (const seq of [2, 3]) receipts.put(through(seq))
  await vi.advanceTimersByTimeAsync(9_000)
  expect(told).toEqual([through(1)])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([through(1), through(3)])
})

test('[RC10] a receipt that waits when the store loses something is never told', async () => {
  const { told, receipts } = someReceipts()
  receipts.put(through(1))
  await vi.advanceTimersByTimeAsync(1)
  receipts.put(through(5))
  receipts.forget()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([through(1)])
  receipts.put(through(2))
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toEqual([through(1), through(2)])
})
