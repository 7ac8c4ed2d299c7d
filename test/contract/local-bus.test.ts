import { expect, test } from 'vitest'
import { silentBus } from '../../server/store/bus.ts'
import { openLocalBus } from '../../server/store/local-bus.ts'
import { runId } from '../support/store-samples.ts'
import { busContract } from './bus-contract.ts'

busContract('local bus', async () => {
  const bus = openLocalBus()
  return { join: async () => bus.join(), shut: async () => bus.shut(), open: async () => bus.open() }
})

test('[BU1] a bus of one node takes messages and listeners, and has nothing to say', async () => {
  silentBus.tell(runId(1), new Uint8Array(1))
  const stop = await silentBus.listen(runId(1), {
    onMessage: () => expect.unreachable(),
    onDoubt: () => expect.unreachable(),
  })
  stop()
  await silentBus.close()
})
