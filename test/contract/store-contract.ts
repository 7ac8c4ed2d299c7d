import { describe, onTestFinished, test } from 'vitest'
import type { Store } from '../../server/store/store.ts'
import { addition, entries, runId } from '../support/store-samples.ts'
import { clubsContract } from './store-clubs-contract.ts'
import { headsContract } from './store-heads-contract.ts'
import { journalContract } from './store-journal-contract.ts'
import { progressContract } from './store-progress-contract.ts'
import { runsContract } from './store-runs-contract.ts'
import { tracksContract } from './store-tracks-contract.ts'
import { wordsContract } from './store-words-contract.ts'

export type OpenedStore = {
  readonly store: Store
  /** Closes the store and opens the same data anew. */
  readonly reopen?: () => Promise<Store>
}

/** A promise that a store cannot keep, and why. */
export type Skip = { readonly promise: `ST${number}`; readonly title: string; readonly reason: string }

export type Contract = {
  readonly open: () => Promise<Store>
  /** A store with one run of one fact. */
  readonly openWithRun: () => Promise<Store>
  readonly openForReopening: () => Promise<Required<OpenedStore>>
  /** A test under the number of its promise, unless the store is excused from it. */
  readonly promise: (promise: `ST${number}`, title: string, body: () => Promise<void>, timeoutMs?: number) => void
}

/** The promises of store.ts, for every store. `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<OpenedStore>, skips: readonly Skip[] = []): void {
  async function opened(): Promise<OpenedStore> {
    const made = await open()
    onTestFinished(() => made.store.close())
    return made
  }

  const contract: Contract = {
    open: async () => (await opened()).store,

    async openWithRun() {
      const { store } = await opened()
      await store.append(runId(1), 0, addition({ entries: entries(1, 1) }))
      return store
    },

    async openForReopening() {
      const { store, reopen } = await opened()
      if (!reopen) throw new Error(`${name} cannot be reopened: name a skip with its reason`)
      return {
        store,
        async reopen() {
          const again = await reopen()
          onTestFinished(() => again.close())
          return again
        },
      }
    },

    promise(number, title, body, timeoutMs) {
      const skip = skips.find((one) => one.promise === number && one.title === title)
      if (skip) test.skip(`[${number}] ${title} (skipped: ${skip.reason})`)
      else test(`[${number}] ${title}`, body, timeoutMs)
    },
  }

  describe(`${name} keeps the store contract`, () => {
    journalContract(contract)
    headsContract(contract)
    wordsContract(contract)
    tracksContract(contract)
    progressContract(contract)
    runsContract(contract)
    clubsContract(contract)
  })
}
