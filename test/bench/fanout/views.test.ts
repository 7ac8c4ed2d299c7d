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
  expect(views.counted()).toMatchObject({ expected: 2, delivered: 2, skipped: 0 })
  expect(views.isComplete()).toBe(true)
})

test('[BE2] what a newer position replaced is skipped, and what never came is neither', () => {
  const replaced = threeTaken()
  replaced.seen(0, 1, 0, T - 1_000)
  expect(replaced.counted()).toMatchObject({ expected: 2, delivered: 1, skipped: 1 })
  const missing = threeTaken()
  missing.seen(0, 1, 0, T - 2_000)
  expect(missing.counted()).toMatchObject({ expected: 2, delivered: 1, skipped: 0 })
  expect(missing.isComplete()).toBe(false)
})

test('[BE2] a time that the system has rounded still names its position, and the age is of the position', () => {
  const views = threeTaken()
  views.seen(0, 1, 0, T - 2_100)
  views.seen(0, 1, 0, T - 940)
  const { delivered, ageP50Ms, ageP99Ms } = views.counted()
  expect(delivered).toBe(2)
  expect(ageP50Ms).toBeGreaterThanOrEqual(1_000)
  expect(ageP99Ms).toBeGreaterThanOrEqual(2_000)
})

test('[BE2] views are told apart by run', () => {
  const views = viewsOf({ runs: 2, members: 2 })
  views.openWindow()
  for (const runNo of [0, 1]) views.taken(runNo, 0, T)
  views.closeWindow()
  views.seen(0, 1, 0, T)
  expect(views.counted()).toMatchObject({ expected: 2, delivered: 1 })
  views.seen(1, 1, 0, T)
  expect(views.counted()).toMatchObject({ expected: 2, delivered: 2 })
})
