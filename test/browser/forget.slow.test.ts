/** What a browser keeps of a run goes when it is told to, and by itself. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { browserWorld } from './browser-world.ts'
import { runsNow } from './club.ts'

const world = browserWorld()

const databases = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    return names.filter((name) => name !== 'serik worker')
  })

const isKept = (page: Page, key: string) =>
  page.evaluate(async (wanted) => {
    const name = (await indexedDB.databases()).find((each) => each.name !== 'serik worker')?.name ?? ''
    return new Promise<boolean>((resolve) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => {
        const asking = opening.result.transaction('phone').objectStore('phone').getKey(wanted)
        asking.onsuccess = () => {
          opening.result.close()
          resolve(asking.result !== undefined)
        }
      }
    })
  }, key)

/** The server's clock was found to be so far ahead when the run was last open. */
const putServerAhead = (page: Page, offsetMs: number) =>
  page.evaluate(async (ahead) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const name = (await indexedDB.databases()).find((each) => each.name !== 'serik worker')?.name ?? ''
    const database = await done(indexedDB.open(name))
    const told = await done(database.transaction('phone').objectStore('phone').get('told'))
    const store = database.transaction('phone', 'readwrite').objectStore('phone')
    await done(store.put({ ...told, offsetMs: ahead }, 'told'))
    database.close()
  }, offsetMs)

test('[PW9] a run that is to be forgotten leaves nothing in the browser, also while its page is still there', async () => {
  const leader = await world.phone()
  await runsNow(world, leader)
  await until(async () => expect(await databases(leader.page)).toHaveLength(1))
  await leader.page.locator('a.home').click()
  // Asked once more: a seat that is gone does not come back.
  await leader.taps('Forget on this phone')
  await leader.taps('No')
  await leader.taps('Forget on this phone')
  await leader.taps('Forget on this phone')
  await until(async () => expect(await databases(leader.page)).toEqual([]))
  expect(await leader.page.evaluate(() => localStorage.getItem('serik.seats'))).toBe('[]')
  expect(leader.troubles).toEqual([])
})

test('[PW9] at its retention a run goes by itself, though nobody opens its page', async () => {
  const leader = await world.phone()
  await runsNow(world, leader)
  await until(async () => expect(await isKept(leader.page, 'until')).toBe(true))
  await leader.page.goto(world.url())
  await leader.sees('Again next week')
  await putServerAhead(leader.page, 86_400_000)
  await leader.page.reload()
  await leader.sees('Again next week')
  expect(await databases(leader.page)).toHaveLength(1)
  await putServerAhead(leader.page, 30 * 86_400_000)
  await leader.page.reload()
  await until(async () => expect(await databases(leader.page)).toEqual([]))
})
