import { expect, test } from 'vitest'
import { lookedNews, placesNews, presentNews, readNews } from '../../server/usecase/news.ts'
import { presenceOf } from '../../server/usecase/presence.ts'
import type { SeatLink } from '../../server/usecase/seat-link.ts'
import { runOf } from '../support/given-run.ts'
import { aidar, dana, lena, underWay } from '../support/people.ts'

const run = runOf(...underWay)
const link = (memberId: string, isLooking = true) => ({ memberId, isLooking }) as SeatLink

test('[ND11] a member counts once, on however many phones and nodes, until nobody calls them out any more', () => {
  const links = new Set([link(lena), link(aidar), link(aidar)])
  const last = () => [...links].at(-1) as SeatLink
  const presence = presenceOf(links, 1)
  expect(presence.connectedCount(run, 0)).toBe(2)
  expect(presence.due(run, 0)).toEqual({ nodeNo: 1, memberNos: [1, 2], lookingCount: 3 })
  expect(presence.due(run, 4_999)).toBeUndefined()
  presence.hear({ nodeNo: 2, memberNos: [2, 4], lookingCount: 1 }, 1_000)
  presence.hear({ nodeNo: 3, memberNos: [5], lookingCount: 1 }, 1_000)
  expect(presence.connectedCount(run, 1_000)).toBe(4)
  links.delete(last())
  links.add(link(dana))
  presence.hear({ nodeNo: 3, memberNos: [], lookingCount: 1 }, 6_000)
  expect(presence.connectedCount(run, 6_000)).toBe(3)
  expect(presence.due(run, 6_000)).toEqual({ nodeNo: 1, memberNos: [1, 2, 4], lookingCount: 3 })
  links.delete(last())
  expect(presence.connectedCount(run, 13_500)).toBe(3)
  expect(presence.connectedCount(run, 14_600)).toBe(2) // node 2 has called nothing out for 13.6 s
})

test('[PU14] who looks is known of all nodes, until one calls nothing out any more, and is gathered once for all', () => {
  let lookedAt = 0
  const seen = (memberId: string, isLooking = true) =>
    Object.defineProperty({ memberId }, 'isLooking', {
      get() {
        lookedAt++
        return isLooking
      },
    }) as SeatLink
  const presence = presenceOf(new Set([seen(lena), seen(aidar, false), seen(aidar, false)]), 1)
  const looking = (nowMs: number) =>
    [...run.members.values()].filter(presence.whoLooks(nowMs)).map(({ memberNo }) => memberNo)
  expect(looking(0)).toEqual([1])
  expect(lookedAt).toBe(3)
  const looked = { nodeNo: 2, memberNos: [2, 4] }
  const news = readNews(lookedNews(looked))
  expect(news).toEqual({ of: 'looked', looked })
  presence.hearLooked(looked, 0)
  presence.hearLooked({ nodeNo: 3, memberNos: [] }, 0)
  expect(looking(12_500).sort()).toEqual([1, 2, 4])
  expect(looking(12_501)).toEqual([1])
})

test('[ND1] what nodes call out reads back, and what nobody knows is nothing', () => {
  const present = { nodeNo: 2 ** 32 - 1, memberNos: [1, 65_535], lookingCount: 2 }
  expect(readNews(presentNews(present))).toEqual({ of: 'present', present })
  const padded = new Uint8Array([9, ...presentNews({ nodeNo: 7, memberNos: [], lookingCount: 0 })])
  expect(readNews(padded.subarray(1))).toEqual({
    of: 'present',
    present: { nodeNo: 7, memberNos: [], lookingCount: 0 },
  })
  expect(readNews(placesNews(1_000, []))).toEqual({ of: 'places', places: [] })
  for (const bytes of [[], [0], [1], [1, 2], [2], [2, 3, 4], [3], [3, 1], [99, 1, 2]])
    expect(readNews(new Uint8Array(bytes))).toBeUndefined()
})
