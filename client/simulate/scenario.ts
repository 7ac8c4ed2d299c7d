/** Who comes to a simulated run, how they behave, and what is planted in it. The moments themselves: docs/SCENARIOS.md. */
import type { Heat } from '../../shared/run/drink.ts'
import type { Course } from './courses/course.ts'
import { shortened } from './courses/shortened.ts'
import { type CourseName, courses } from './courses.ts'
import type { Planned } from './plants.ts'

export type Scenario = {
  readonly course: Course
  readonly runners: number
  readonly cyclists: number
  /** Without phone or app: the leader counts them. */
  readonly guests: number
  /** Of the runners, whose phone stays at home: a coach ticks them. */
  readonly phonesAtHome: number
  /** Of the runners, who come to the run half-way. */
  readonly joinLater: number
  /** The first runner is the leader: nobody else stands at the start. */
  readonly doesLeaderRun: boolean
  /** Of the runners, how many are a group of their own with a back marker. */
  readonly easyGroup: number
  readonly heat: Heat
  readonly planned: Planned
  /** How many times faster than the wall it goes. */
  readonly speed: number
}

/** A run of the course with nothing planted in it. */
export function plainScenario(course: Course, runners: number, cyclists: number): Scenario {
  const guestShare = course.name === 'river' ? 0.8 : 0
  return {
    course,
    runners,
    cyclists,
    guests: Math.round(runners * guestShare),
    phonesAtHome: course.name === 'park-laps' ? Math.floor(runners / 2) : 0,
    joinLater: 0,
    doesLeaderRun: false,
    easyGroup: 0,
    heat: course.name === 'ice' ? 'frost' : 'mild',
    planned: {},
    speed: 20,
  }
}

type Told = Partial<Omit<Scenario, 'course'>> & { readonly runners: number; readonly cyclists: number }
const told = (name: CourseName, { runners, cyclists, ...more }: Told): Scenario => ({
  ...plainScenario(courses[name], runners, cyclists),
  ...more,
})

export const scenarios = {
  'bike-path': told('bike-path', {
    runners: 25,
    cyclists: 4,
    heat: 'warm',
    planned: { 'dead-phone': 1, 'off-route': 1, 'long-stop': 1, straggler: 1, hurt: 1, 'silent-cyclist': 1 },
    speed: 40,
  }),
  river: told('river', {
    runners: 50,
    guests: 40,
    cyclists: 6,
    easyGroup: 20,
    heat: 'hot',
    planned: {
      'dead-phone': 1,
      'off-route': 1,
      'wrong-way': 1,
      'long-stop': 1,
      straggler: 1,
      hurt: 1,
      'silent-cyclist': 1,
      'dry-taps': 1,
      'no-network': 4,
    },
  }),
  'park-laps': told('park-laps', { runners: 14, phonesAtHome: 10, cyclists: 1, planned: { 'long-stop': 1 } }),
  city: told('city', {
    runners: 9,
    joinLater: 4,
    cyclists: 2,
    planned: { 'dead-phone': 1, 'no-network': 1 },
    speed: 30,
  }),
  dawn: told('dawn', { runners: 1, cyclists: 1, doesLeaderRun: true, speed: 30 }),
  ice: told('ice', { runners: 40, cyclists: 4, planned: { 'dead-phone': 12, 'no-network': 10, 'off-route': 1 } }),
} as const satisfies Partial<Record<CourseName, Scenario>>

export type ScenarioName = keyof typeof scenarios

/** The same moment in some kilometres and with fewer people: for a first look. */
export function shortForm(scenario: Scenario): Scenario {
  const { course, runners, cyclists, guests, phonesAtHome, joinLater, easyGroup } = scenario
  const few = (count: number) => Math.ceil(count * Math.min(1, 12 / runners))
  return {
    ...scenario,
    course: shortened(course, course.name === 'park-laps' ? 3 : 6),
    runners: few(runners),
    cyclists: Math.min(cyclists, 3),
    guests: few(guests),
    phonesAtHome: few(phonesAtHome),
    joinLater: few(joinLater),
    easyGroup: few(easyGroup),
    planned: Object.fromEntries(Object.entries(scenario.planned).map(([kind, count]) => [kind, few(count)])),
  }
}
