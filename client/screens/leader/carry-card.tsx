import { heats } from '../../../shared/run/drink.ts'
import { type Carry, carryOf } from '../../state/carry.ts'
import { isCrowd } from '../../state/head-count.ts'
import { type WaterOutlook, waterOutlook } from '../../state/stock.ts'
import { Choice } from '../parts/choice.tsx'
import { useRun } from '../run/running.ts'
import { ageText, clockText, joined, kmText, paceText, t } from '../texts.ts'

/** Before the start what to carry and where to refill; during the run when the water is out. How warm it is, the leader says. */
export function CarryCard() {
  const { view, route } = useRun()
  const { phase } = view.run.head
  if (phase === 'ended' || view.run.members.size <= 1) return null
  const carry = phase === 'planned' ? carryOf(view, route.value) : null
  return (
    <details class="card">
      <summary>
        <span>{phase === 'live' ? <Water /> : <Needs carry={carry} />}</span>
      </summary>
      {carry && <Basis carry={carry} />}
      <HeatChoice />
    </details>
  )
}

function Needs({ carry }: { readonly carry: Carry | null }) {
  if (!carry) return t.carry.heading
  const { bottles, gels, saltTablets } = carry.list
  return (
    <>
      {t.carry.heading}: <small>{t.carry.needs(bottles, gels, saltTablets)}</small>
    </>
  )
}

function Basis({ carry }: { readonly carry: Carry }) {
  const { list, runners, helperCount, paceMps, isByTime } = carry
  const places = list.refillAt.map(({ name, atM }) => t.carry.refillPlace(name, kmText(atM)))
  return (
    <>
      <p>
        {t.carry.basis(runners, ageText(list.takesMs), paceText(paceMps))} {isByTime && t.carry.byTime}
      </p>
      <p>
        {helperCount === 0 ? t.carry.noHelper : t.carry.can(helperCount, list.carriedBottles)}{' '}
        {list.isEnough && t.carry.enough}
      </p>
      {places.length > 0 && <p>{t.carry.refill(places)}</p>}
      {helperCount > 0 && list.dryFromM !== null && <p class="trouble">{t.carry.dry(kmText(list.dryFromM))}</p>}
    </>
  )
}

function Water() {
  const { view, nowMs } = useRun()
  const outlook = waterOutlook(view, nowMs)
  // Two friends need no account of who has said what.
  if (!isCrowd(view) && !outlook?.forecast) return t.carry.heat
  return (
    <>
      {t.carry.waterHeading}: <small>{outlook ? waterText(outlook, nowMs) : t.carry.noHelper}</small>
    </>
  )
}

function waterText({ forecast, saidCount, cyclistCount }: WaterOutlook, nowMs: number) {
  if (!forecast) return t.carry.notSaid(saidCount, cyclistCount)
  const { bottles, perHour, outAtMs } = forecast
  if (bottles === 0) return t.carry.out
  return joined([
    t.carry.water(bottles),
    perHour > 0 && t.carry.rate(Math.round(perHour)),
    outAtMs !== null && t.carry.outAt(clockText(outAtMs, nowMs)),
  ])
}

function HeatChoice() {
  const { view, wish } = useRun()
  const { heat, alertsOff } = view.run.head
  return (
    <Choice
      legend={t.carry.heat}
      all={heats}
      chosen={heat}
      text={(each) => t.carry.heats[each]}
      onChoose={(each) => void wish({ type: 'set-conditions', heat: each, alertsOff })}
    />
  )
}
