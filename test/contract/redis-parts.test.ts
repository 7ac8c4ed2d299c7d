import { expect, test } from 'vitest'
import { eachWhereItIs } from '../../server/store/redis-parts.ts'
import { StoreAway } from '../../server/store/store.ts'

const away = () => Promise.reject(new StoreAway('this master is away'))

test('[RD14] one master that is away is no trouble for the runs of the others; all of them are', async () => {
  expect(await eachWhereItIs([Promise.resolve(1), away(), Promise.resolve(3)])).toEqual([1, 'away', 3])
  expect(await eachWhereItIs([])).toEqual([])
  await expect(eachWhereItIs([away(), away()])).rejects.toThrow(StoreAway)
  await expect(eachWhereItIs([Promise.resolve(1), Promise.reject(new Error('a bug'))])).rejects.toThrow('a bug')
})
