/** Lets a cast live through its run: moves the world by the server's clock until everybody is in. */
import { endsLater, isEnded } from '../../shared/run/questions.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { Cast } from './cast.ts'
import { newPlant, type Plant } from './plants.ts'
import { latenciesMs, percentile, sentFixCount } from './tally.ts'
import { clockText, milliseconds, number, type ProgressLine } from './terminal.ts'

const STEP_EVERY_MS = 50
/** The world is never moved further in one step, or people would jump over each other. */
const LONGEST_STEP_S = 2
const GIVE_UP_AFTER_MS = 10 * HOUR_MS
const STORE_WITHIN_MS = 90 * SECOND_MS
const BROUGHT_AFTER_MS = 10 * MINUTE_MS

/** Resolves when the run has ended and every living phone's fixes are stored, or nothing moves any more. */
export async function liveThrough(cast: Cast, line: ProgressLine): Promise<void> {
  const { leaderPhone, stage } = cast
  const world = worldOf(cast)
  const startedMs = leaderPhone.nowMs()
  let lastMs = startedMs
  while (leaderPhone.view().run.head.phase !== 'ended') {
    await new Promise((resolve) => setTimeout(resolve, STEP_EVERY_MS))
    const nowMs = leaderPhone.nowMs()
    if (nowMs - startedMs > GIVE_UP_AFTER_MS) throw new Error('the run did not end within ten hours of its time')
    for (let leftS = (nowMs - lastMs) / SECOND_MS; leftS > 0; leftS -= LONGEST_STEP_S)
      world.step(Math.min(LONGEST_STEP_S, leftS))
    lastMs = Math.max(lastMs, nowMs)
    line.show(progressText(cast, nowMs - startedMs))
    world.check()
  }
  cast.heal()
  const alive = [...stage.people.values()].filter((person) => !person.isPhoneDead())
  await Promise.race([
    Promise.all(alive.map((person) => person.phone.allFixesStored())),
    new Promise((resolve) => setTimeout(resolve, STORE_WITHIN_MS).unref()),
  ])
  line.end()
}

/** Everybody and everything that moves by itself. */
export function worldOf({ stage, leader, leaderPhone, troubles, later }: Cast) {
  let runningS = 0
  let hasCalledLater = false
  let fault: unknown
  const plants = new Map<(typeof troubles)[number], Plant>()

  /** Once the leader was told, somebody drives off for some. */
  const isWaterBrought = ({ begunAtMs }: Plant, nowMs: number): boolean =>
    [...leaderPhone.view().run.alerts.values()].some(
      ({ rule, statusAtMs }) =>
        rule === 'water-out' && statusAtMs >= begunAtMs && nowMs - statusAtMs > BROUGHT_AFTER_MS,
    )

  function runTroubles(): void {
    for (const trouble of troubles) {
      const isOn = runningS >= trouble.fromS && runningS < trouble.fromS + trouble.lastsS
      const plant = plants.get(trouble)
      const nowMs = leaderPhone.nowMs()
      if (isOn && !plant) {
        const begun = newPlant(trouble.kind, null, nowMs, { isFelt: false })
        plants.set(trouble, begun)
        stage.planted.push(begun)
      } else if (plant && isOn && [...stage.waterCarried.values()].every((count) => count === 0)) plant.isFelt = true
      if (plant && (!isOn || isWaterBrought(plant, nowMs))) plant.endedAtMs ??= nowMs
    }
    stage.areTapsDry = troubles.some((trouble) => plants.get(trouble)?.endedAtMs === null)
  }

  return {
    step(dtS: number): void {
      for (const person of stage.people.values()) person.step(dtS)
      if (stage.isLive()) {
        runningS += dtS
        for (const guest of stage.guests) guest.step(dtS)
        runTroubles()
        if (later && !hasCalledLater && runningS > later.atS) {
          hasCalledLater = true
          later.join().catch((thrown: unknown) => {
            fault = thrown
          })
        }
      }
      leader.step(dtS)
    },
    /** @throws whatever kept the late from joining. */
    check(): void {
      if (fault) throw fault
    },
  }
}

function progressText({ leaderPhone, stage }: Cast, runMs: number): string {
  const { run } = leaderPhone.view()
  const people = [...stage.people.values()]
  const online = people.filter(({ phone }) => phone.view().link === 'online').length
  const waiting = people.reduce((sum, { phone }) => sum + phone.view().waitingFixCount, 0)
  const requests = [...run.requests.values()]
  const claimed = endsLater(run).filter(({ cyclistId }) => cyclistId !== null).length
  return [
    clockText(runMs),
    `${online}/${people.length} online`,
    `fixes ${number(sentFixCount(stage.tally))} recorded, ${number(waiting)} to be confirmed`,
    `requests ${endsLater(run).length - claimed} open ${claimed} claimed ${requests.filter(isEnded).length} ended`,
    `latency p50 ${milliseconds(percentile(latenciesMs(stage.tally), 0.5))}`,
  ].join(' | ')
}
