import { memorySharedCounts } from '../../server/store/shared-counts.ts'
import { countsContract } from './counts-contract.ts'

countsContract('counts of one process', async () => {
  const counts = memorySharedCounts()
  return [counts, counts]
})
