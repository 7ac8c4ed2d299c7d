import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { openSqliteStore } from '../../server/store/sqlite-store.ts'
import { storeContract } from './store-contract.ts'

const reason = 'it lives as long as its process'

storeContract('memory store', async () => ({ store: openMemoryStore() }), [
  { promise: 'ST3', title: 'what was appended is there after the store is reopened', reason },
  { promise: 'ST18', title: 'lives and ends are the same after the store is reopened', reason },
  { promise: 'ST10', title: 'fixes, ranges and counts are there after the store is reopened', reason },
  { promise: 'ST21', title: 'progress is there after the store is reopened', reason },
  { promise: 'ST23', title: 'a club is there after the store is reopened', reason },
])

storeContract('sqlite store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'serik-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const store = openSqliteStore(join(folder, 'serik.db'))
  return {
    store,
    async reopen() {
      await store.close()
      return openSqliteStore(join(folder, 'serik.db'))
    },
  }
})
