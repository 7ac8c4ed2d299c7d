import { expect, test } from 'vitest'
import { runnerBody } from '../../client/simulate/body.ts'
import { courses } from '../../client/simulate/courses.ts'
import { drawTroubles, type PlantKind, plantPolicyOf, type Trouble } from '../../client/simulate/plants.ts'
import { seededRandom } from '../../client/simulate/random.ts'
import { runnerPlan } from '../../client/simulate/runner-motion.ts'
import { type Scenario, scenarios, shortForm } from '../../client/simulate/scenario.ts'
import { newThumb } from '../../client/simulate/thumb.ts'
import { nearestOnLine, routeLine } from '../../shared/geo/route.ts'

const line = routeLine(courses.river.points)
const plan = { ...runnerPlan(seededRandom('Aida'), { paceMps: 2.8, lengthM: line.lengthM }), stops: [] }
const all = Object.entries(scenarios) as [string, Scenario][]

test.each(all)('[SN1] %s plants the same for the same seed, and one trouble a person at most', (_, scenario) => {
  const { runners, cyclists, phonesAtHome, joinLater, planned } = scenario
  const crew = {
    pacesMps: Array.from({ length: runners - phonesAtHome - joinLater }, (_, i) => 3 - i / 100),
    cyclistCount: cyclists,
    usualS: 7_200,
  }
  const drawn = drawTroubles(seededRandom(7), planned, crew)
  expect(drawTroubles(seededRandom(7), planned, crew)).toEqual(drawn)
  const struck = [...drawn.runners.values(), ...drawn.cyclists.values(), ...drawn.run]
  for (const [no, { kind }] of drawn.runners)
    if (kind === 'straggler') expect(no).toBeGreaterThan(crew.pacesMps.length / 2)
  expect(struck).toHaveLength(Object.values(planned).reduce((sum, count) => sum + count, 0))
  for (const { kind, fromS } of struck) {
    const [from, to] = plantPolicyOf(kind).between
    expect(fromS).toBeGreaterThanOrEqual(7_200 * from)
    expect(fromS).toBeLessThan(7_200 * to)
  }
})

test.each(all)('[SN1] the short form of %s is shorter and keeps what is planted', (_, scenario) => {
  const short = shortForm(scenario)
  expect(short.runners).toBeLessThanOrEqual(12)
  expect(Object.keys(short.planned)).toEqual(Object.keys(scenario.planned))
  expect(routeLine(short.course.points).lengthM).toBeLessThan(6_500)
})

function lived(kind: PlantKind | null, seconds: number) {
  const trouble: Trouble | undefined = kind ? { kind, fromS: 600, lastsS: 360 } : undefined
  const body = runnerBody(line, plan, 0, trouble)
  const asideM: number[] = []
  const atM: number[] = []
  for (let s = 0; s < seconds; s++) {
    body.step(1)
    asideM.push(nearestOnLine(line, body.place()).distanceM)
    atM.push(body.atM())
  }
  return { body, asideM, atM }
}

test('[SN2] who leaves the route goes away from both banks, and comes back to where they left', () => {
  const { asideM, atM } = lived('off-route', 1_000)
  expect(Math.max(...asideM.slice(0, 600))).toBeLessThan(1)
  expect(Math.max(...asideM)).toBeGreaterThan(150)
  expect(asideM.at(-1)).toBeLessThan(1)
  expect(atM[958]).toBe(atM[599])
  expect(atM.at(-1)).toBeGreaterThan(atM[959] ?? 0)
})

test('[SN2] a wrong turn goes back along the line, a long stop stands, a straggler goes at half the pace', () => {
  const usual = lived(null, 960)
  const wrong = lived('wrong-way', 960)
  const stands = lived('long-stop', 960)
  const slow = lived('straggler', 960)
  const wayM = ({ atM }: typeof usual) => (atM.at(-1) ?? 0) - (atM[599] ?? 0)
  expect(wayM(wrong)).toBeLessThan(-700)
  expect(Math.abs(wayM(stands))).toBeLessThan(4)
  expect(wayM(slow) / wayM(usual)).toBeCloseTo(0.5, 1)
  expect(usual.body.isInTrouble()).toBe(false)
})

test('[SN2] who was brought home stays there', () => {
  const { body } = lived('straggler', 700)
  body.bringHome()
  const before = body.atM()
  body.step(100)
  expect(body.atM()).toBe(before)
  expect([body.isBack(), body.isInTrouble()]).toEqual([true, false])
})

test('[SN3] a thumb answers each question once and after its while, and some never', () => {
  const thumb = newThumb()
  const said: string[] = []
  const ask = (question: string, inS: number | null) =>
    thumb.once(
      question,
      () => inS,
      () => void said.push(question),
    )
  for (let s = 0; s < 20; s++) {
    ask('are you fine', 5)
    ask('still coming', null)
    ask('handed over', 10)
    thumb.step(1)
    if (s === 3) expect(said).toEqual([])
    if (s === 5) expect(said).toEqual(['are you fine'])
  }
  expect(said).toEqual(['are you fine', 'handed over'])
})
