import { expect, test } from 'vitest'
import { presentNews, readNews } from '../../server/usecase/news.ts'
import { presenceOf } from '../../server/usecase/presence.ts'
import type { SeatLink } from '../../server/usecase/seat-link.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { runOf } from '../support/given-run.ts'
import { aidar, lena, madina, underWay } from '../support/people.ts'

const run = runOf(...underWay)
const link = (memberId: string, isLooking = true) => ({ memberId, isLooking }) as SeatLink

test('[AT15] a node knows since when a screen is dark, also after its phone has left, until it is looked at again', () => {
  const [page, other] = [link(aidar), link(lena, false)]
  const links = new Set([page, other])
  const presence = presenceOf(links, 1)
  const darkForMs = (memberId: typeof aidar) => presence.seenIn(run).darkForMs(memberId)
  presence.connectedCount(run, 0)
  expect([darkForMs(aidar), darkForMs(lena), darkForMs(madina)]).toEqual([null, 0, null])
  page.isLooking = false
  presence.connectedCount(run, 10 * SECOND_MS)
  links.delete(page)
  presence.connectedCount(run, 40 * SECOND_MS)
  expect([darkForMs(aidar), darkForMs(lena)]).toEqual([30 * SECOND_MS, 40 * SECOND_MS])
  links.add(link(aidar))
  presence.connectedCount(run, 50 * SECOND_MS)
  expect(darkForMs(aidar)).toBeNull()
  links.add(link(aidar, false)) // a second phone of theirs lies in a pocket
  presence.connectedCount(run, 60 * SECOND_MS)
  expect(darkForMs(aidar)).toBeNull()
})

test('[AT15] how long is by the server’s clock, however fast that is', () => {
  const presence = presenceOf(new Set([link(aidar, false)]), 1, 20)
  presence.connectedCount(run, 0)
  presence.connectedCount(run, 3 * SECOND_MS)
  expect(presence.seenIn(run).darkForMs(aidar)).toBe(60 * SECOND_MS)
})

test('[AT15] it tells the other nodes, more than once', () => {
  const [here, there] = [presenceOf(new Set([link(aidar, false)]), 1), presenceOf(new Set<SeatLink>(), 2)]
  here.connectedCount(run, 0)
  const told = here.due(run, 5 * SECOND_MS)
  expect(told).toEqual({ nodeNo: 1, memberNos: [2], lookingCount: 0, dark: [{ memberNo: 2, forMs: 5 * SECOND_MS }] })
  expect(here.due(run, 10 * SECOND_MS)).toMatchObject({ dark: [{ memberNo: 2 }] })
  expect(here.due(run, 15 * SECOND_MS)).not.toHaveProperty('dark')
  if (!told) throw new Error('nothing was told')
  expect(readNews(presentNews(told))).toEqual({ of: 'present', present: told })
  for (const length of [7, 8, 9, 12]) expect(readNews(presentNews(told).subarray(0, length))).toBeUndefined()
  there.hear(told, 100 * SECOND_MS)
  there.connectedCount(run, 110 * SECOND_MS)
  expect(there.seenIn(run).darkForMs(aidar)).toBe(15 * SECOND_MS)
})
