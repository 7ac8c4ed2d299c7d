import { expect, test } from 'vitest'
import { viewsOf } from './views.ts'

const T = Date.now()
const pair = { runs: 1, members: 2 }

/** The first member of two takes its positions at these times; the window is open for the second and third. */
function threeTaken() {
  const views = viewsOf(pair)
  views.taken(0, 0, T - 3_000)
  views.openWindow()
  views.taken(0, 0, T - 2_000)
  views.taken(0, 0, T - 1_000)
  views.closeWindow()
  return views
}

test('[BE2] a position counts once for each who sees it, however often it comes, and never for its owner', () => {
  const views = threeTaken()
  for (const ago of [3_000, 2_000, 2_000, 1_000, 2_000]) views.seen(0, 1, 0, T - ago)
  views.seen(0, 0, 0, T - 1_000)
  expect(views.counted()).toMatchObject([{ expected: 2, delivered: 2, skipped: 0 }])
  expect(views.isComplete()).toBe(true)
})

test('[BE2] what a newer position replaced is skipped, and what never came is neither', () => {
  const replaced = threeTaken()
  replaced.seen(0, 1, 0, T - 1_000)
  expect(replaced.counted()).toMatchObject([{ expected: 2, delivered: 1, skipped: 1 }])
  const missing = threeTaken()
  missing.seen(0, 1, 0, T - 2_000)
  expect(missing.counted()).toMatchObject([{ expected: 2, delivered: 1, skipped: 0 }])
  expect(missing.isComplete()).toBe(false)
})

test('[BE2] a time that the system has rounded still names its position, and the age is of the position', () => {
  const views = threeTaken()
  views.seen(0, 1, 0, T - 2_100)
  views.seen(0, 1, 0, T - 940)
  const [counted] = views.counted()
  expect(counted?.delivered).toBe(2)
  expect(counted?.ageP50Ms).toBeGreaterThanOrEqual(1_000)
  expect(counted?.ageP99Ms).toBeGreaterThanOrEqual(2_000)
})

test('[BE2] views are told apart by run', () => {
  const views = viewsOf({ runs: 2, members: 2 })
  views.openWindow()
  for (const runNo of [0, 1]) views.taken(runNo, 0, T)
  views.closeWindow()
  views.seen(0, 1, 0, T)
  expect(views.counted()).toMatchObject([{ expected: 2, delivered: 1 }])
  views.seen(1, 1, 0, T)
  expect(views.counted()).toMatchObject([{ expected: 2, delivered: 2 }])
})

test('[BE2] of a place is expected that it reaches those of each audience who see its owner', () => {
  const shape = { runs: 1, members: 3 }
  const views = viewsOf(shape, [
    { name: 'leader', has: (memberNo) => memberNo === 0, viewersOf: (memberNo) => (memberNo === 0 ? 0 : 1) },
    { name: 'runners', has: (memberNo) => memberNo > 0, viewersOf: (memberNo) => (memberNo === 0 ? 2 : 0) },
  ])
  views.openWindow()
  for (const memberNo of [0, 1, 2]) views.taken(0, memberNo, T)
  views.closeWindow()
  views.seen(0, 0, 1, T)
  for (const runner of [1, 2]) views.seen(0, runner, 0, T)
  expect(views.counted()).toMatchObject([
    { expected: 2, delivered: 1 },
    { expected: 2, delivered: 2 },
  ])
  expect(views.isComplete()).toBe(false)
  views.seen(0, 0, 2, T)
  expect(views.isComplete()).toBe(true)
})
