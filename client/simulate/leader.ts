import { alertPolicyOf } from '../../shared/run/alerts.ts'
import { endsLater, isOut, missingGuestCount } from '../../shared/run/questions.ts'
import type { GroupId, GuestsId, MemberId, MessageId, RegroupId } from '../../shared/units.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { newId } from '../net/new-id.ts'
import type { Phone } from '../net/phone.ts'
import { coach } from './coach.ts'
import { type Stage, wishes } from './person.ts'
import type { Random } from './random.ts'
import type { Scenario } from './scenario.ts'
import { newThumb } from './thumb.ts'

const LOOKS_EVERY_S = 20
/** A friendly word, once, when everybody is well under way. */
const WORD_AFTER_S = 600
const COUNTS_HEADS_EVERY_S = 2_400
const CALLS_REGROUP_AFTER_S = 1_800
const OWNS_ALERT_S = [15, 60] as const
const EASY_PACE_MPS = 2.5

export type SimulatedLeader = {
  step(dtS: number): void
}

/** Starts the run, counts the guests, looks after the alerts, accounts for whoever cannot tap any more, and ends it. */
export function simulatedLeader(
  random: Random,
  stage: Stage,
  {
    memberId,
    phone,
    scenario,
    isEveryoneHere,
  }: {
    readonly memberId: MemberId
    readonly phone: Phone
    readonly scenario: Scenario
    readonly isEveryoneHere: () => boolean
  },
): SimulatedLeader {
  const thumb = newThumb()
  const ticksChildren = scenario.phonesAtHome > 0 ? coach(stage, phone) : undefined
  const areMany = scenario.runners + scenario.cyclists > 2
  let sinceLookS = LOOKS_EVERY_S
  let sinceHeadsS = COUNTS_HEADS_EVERY_S
  let runningS = 0
  let isAsked = false
  /** Said or done once. */
  const done = new Set<string>()
  const once = (what: string, isTime: boolean, act: () => void) => {
    if (!isTime || done.has(what)) return
    done.add(what)
    act()
  }

  function start(): void {
    wishes(stage, phone, { type: 'set-conditions', heat: scenario.heat, alertsOff: [] })
    if (scenario.easyGroup > 0) makeGroup()
    wishes(stage, phone, { type: 'start-run' })
    if (scenario.guests === 0) return
    const guestsId = newId<GuestsId>('gst')
    wishes(stage, phone, { type: 'count-guests', guestsId, count: scenario.guests, name: null, startNumber: null })
  }

  /** Whoever joined last goes with the back marker. */
  function makeGroup(): void {
    const groupId = newId<GroupId>('grp')
    const runners = [...phone.view().run.members.values()].filter(({ role }) => role === 'runner')
    const easy = runners.sort((a, b) => a.memberNo - b.memberNo).slice(-scenario.easyGroup)
    const look = { name: 'Easy', colour: '#22aa66', targetPaceMps: EASY_PACE_MPS }
    wishes(stage, phone, { type: 'add-group', groupId, ...look })
    for (const { memberId: whom } of easy)
      wishes(stage, phone, { type: 'change-member', memberId: whom, role: 'runner', groupId })
    const backMarkerId = easy.at(-1)?.memberId ?? null
    wishes(stage, phone, { type: 'change-group', groupId, ...look, leaderId: null, backMarkerId })
    const marker = backMarkerId && stage.people.get(backMarkerId)
    // At the start line everybody stands together, and is counted.
    if (marker)
      thumb.once(
        'count at the start',
        () => 10,
        () => wishes(stage, marker.phone, { type: 'see-group', groupId }),
      )
  }

  /** Owns what is raised, sends a helper after who is lost, and clears it when somebody has seen them. */
  function mindAlerts(): void {
    const { run } = phone.view()
    for (const { alertId, rule, status, memberId: about, sentToIds, statusAtMs } of run.alerts.values()) {
      if (status === 'raised')
        thumb.once(
          alertId,
          () => random.between(...OWNS_ALERT_S),
          () => {
            wishes(stage, phone, { type: 'own-alert', alertId })
          },
        )
      if (status !== 'owned' || about === null || !alertPolicyOf(rule).isAudible) continue
      const helper = [...run.members.values()].find(
        ({ role, status: is, helping }) => role === 'cyclist' && is === 'out' && helping.state === 'available',
      )
      if (sentToIds.length === 0 && helper)
        thumb.once(
          `send ${alertId}`,
          () => 5,
          () => {
            wishes(stage, phone, { type: 'send-alert', alertId, toId: helper.memberId })
          },
        )
      const seenAtMs = run.members.get(about)?.seen?.atMs ?? 0
      if (seenAtMs > statusAtMs)
        thumb.once(
          `clear ${alertId}`,
          () => 10,
          () => wishes(stage, phone, { type: 'clear-alert', alertId }),
        )
    }
  }

  function callRegroup(): void {
    const place = stage.taps.at(-1)
    if (!place) return
    const { latitudeDeg, longitudeDeg } = place
    const regroupId = newId<RegroupId>('rgp')
    const at = { place: { latitudeDeg, longitudeDeg }, atM: null, atMs: phone.nowMs() + 90 * MINUTE_MS }
    wishes(stage, phone, { type: 'call-regroup', regroupId, groupId: null, name: 'Breakfast', ...at })
  }

  function account(): void {
    const { run } = phone.view()
    for (const member of run.members.values()) {
      const person = stage.people.get(member.memberId)
      if (isOut(member) && person?.isBack() && person.isPhoneDead())
        wishes(stage, phone, { type: 'stop', memberId: member.memberId, reason: 'finished', untilMs: phone.nowMs() })
    }
    const guestsBack = stage.guests.filter((guest) => guest.isBack()).length
    for (const { guestsId, accountedCount } of run.guests.values())
      if (guestsBack > accountedCount)
        wishes(stage, phone, { type: 'account-guests', guestsId, count: guestsBack - accountedCount })
    if ([...stage.people.values()].some((person) => !person.isBack())) return
    const areAllIn = [...run.members.values()].every((member) => !isOut(member) || member.memberId === memberId)
    if (!areAllIn || missingGuestCount(run) > 0 || endsLater(run).length > 0) return
    for (const { regroupId, isOver } of run.regroups.values())
      if (!isOver) wishes(stage, phone, { type: 'end-regroup', regroupId })
    wishes(stage, phone, { type: 'end-run', despiteMissing: false })
  }

  return {
    step(dtS) {
      const { run } = phone.view()
      if (run.head.phase === 'planned' && isEveryoneHere() && !isAsked) {
        isAsked = true
        start()
      }
      if (run.head.phase !== 'live') return
      runningS += dtS
      sinceLookS += dtS
      sinceHeadsS += dtS
      thumb.step(dtS)
      once('word', runningS > WORD_AFTER_S, () => {
        const messageId = newId<MessageId>('msg')
        wishes(stage, phone, { type: 'send-message', messageId, text: 'Water at every bridge. Enjoy!', groupId: null })
      })
      once('regroup', scenario.easyGroup > 0 && runningS > CALLS_REGROUP_AFTER_S, callRegroup)
      if (areMany && sinceHeadsS > COUNTS_HEADS_EVERY_S) {
        sinceHeadsS = 0
        wishes(stage, phone, { type: 'begin-head-count' })
      }
      ticksChildren?.step()
      if (sinceLookS < LOOKS_EVERY_S) return
      sinceLookS = 0
      mindAlerts()
      account()
    },
  }
}
