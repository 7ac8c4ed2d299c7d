/** Holds what the simulated people did against what the server has in the end. */
import { isEnded } from '../../shared/run/questions.ts'
import type { RunState } from '../../shared/run/state.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { openPhone } from '../net/open-phone.ts'
import { memoryPhoneStorage } from '../net/phone-storage.ts'
import { whenCaughtUp } from './answers.ts'
import type { Cast } from './cast.ts'
import { added, type Comparison, compare, exportedPoints, nothing } from './exported.ts'
import { latenciesMs, percentile } from './tally.ts'
import { milliseconds, number } from './terminal.ts'

export type Summary = {
  readonly text: string
  readonly isFlawless: boolean
  /** As a newcomer with the leader's seat is told it. */
  readonly run: RunState
}

export async function summaryOf(cast: Cast, url: string, wallMs: number): Promise<Summary> {
  const { stage, planned } = cast
  const run = await runAsNewcomerSees(url, planned.seat)
  const { tally } = stage
  let fixes: Comparison = nothing
  let diedWithPhone = 0
  for (const [memberId, sent] of tally.fixes) {
    const stored = await exportedPoints(url, planned.seat, memberId)
    const compared = compare(sent, 0, stored)
    const died = Math.min(compared.lost, stage.people.get(memberId)?.unsentAtDeath() ?? 0)
    diedWithPhone += died
    fixes = added(fixes, { ...compared, lost: compared.lost - died })
  }

  const asked = [...tally.requests.values()]
  // What a dead phone had not sent is in its memory; what was refused was answered.
  const lostRequests = asked.filter(
    ({ requestId, answer, runnerId }) =>
      !run.requests.has(requestId) &&
      (answer === 'taken' || (answer === null && !stage.people.get(runnerId)?.isPhoneDead())),
  ).length
  const doubledRequests = run.requests.size - asked.filter(({ requestId }) => run.requests.has(requestId)).length
  const lostHandOvers = [...tally.handOvers].filter((id) => !run.handOvers.has(id as never)).length
  const requests = [...run.requests.values()]
  // What only the end of the run has closed did not end by itself.
  const unended = requests.filter((request) => !isEnded(request) || request.cancelReason === 'run-ended').length
  const delivered = requests.filter(({ status }) => status === 'delivered' || status === 'closed')
  const waits = delivered.map(({ raisedAtMs, endedAtMs }) => ((endedAtMs ?? 0) - raisedAtMs) / MINUTE_MS)
  const seenMs = latenciesMs(tally)
  const cancelled = requests.filter(({ status }) => status === 'cancelled')
  const missing = run.head.missing.length + run.head.missingGuestCount
  const share = requests.length > 0 ? ` (${((100 * delivered.length) / requests.length).toFixed(1)} %)` : ''
  const minutes = (value: number) => (Number.isNaN(value) ? '-' : `${value.toFixed(1)} min`)
  const refused = [...tally.refusals].map(([code, count]) => `${code} ${count}`).join(', ')

  const isFlawless =
    fixes.lost + fixes.doubled + lostRequests + doubledRequests + lostHandOvers + unended + missing === 0 &&
    run.head.phase === 'ended'
  const text = [
    '',
    `Run        ${run.head.phase}, ${run.members.size} members, ${missing} missing, ${number(run.version)} facts, ${(wallMs / 1_000).toFixed(0)} s of wall time`,
    `Fixes      ${number(fixes.sent)} recorded, ${number(fixes.stored)} in the exported tracks, ${fixes.lost} lost, ${fixes.doubled} doubled${diedWithPhone ? `, ${diedWithPhone} on phones that died` : ''}`,
    `Requests   ${asked.length} asked, ${lostRequests} lost, ${doubledRequests} doubled, ${unended} still open`,
    `           ${delivered.length} delivered${share}, ${cancelled.length} cancelled`,
    `Wait       median ${minutes(percentile(waits, 0.5))}, p95 ${minutes(percentile(waits, 0.95))}, worst ${minutes(percentile(waits, 1))}`,
    `Hand-overs ${run.handOvers.size} recorded, ${lostHandOvers} lost`,
    `Latency    from a runner's tap to a cyclist's screen: p50 ${milliseconds(percentile(seenMs, 0.5))}, p95 ${milliseconds(percentile(seenMs, 0.95))}`,
    `Refused    ${refused || 'nothing'}`,
    isFlawless ? 'Nothing lost, nothing doubled.' : 'SOMETHING WAS LOST, DOUBLED OR LEFT OPEN.',
  ].join('\n')
  return { text, isFlawless, run }
}

/** From a phone that has never been there: what the server has, not what another screen remembers. */
async function runAsNewcomerSees(url: string, seat: string): Promise<RunState> {
  const phone = openPhone({ urls: [url], seat, storage: memoryPhoneStorage(), isLooking: false })
  await whenCaughtUp(phone)
  const { run } = phone.view()
  await phone.close()
  return run
}
