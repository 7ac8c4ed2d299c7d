import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { MINUTE_MS } from '../../../shared/units.ts'
import { type BreaksThrough, breaksThrough } from '../../state/breaks-through.ts'
import { myRequests } from '../../state/my-requests.ts'
import { myTimeMs } from '../../state/my-time.ts'
import { freeProgress } from '../../state/own-way.ts'
import { requestLife } from '../../state/request-life.ts'
import { knowsPocket } from '../kept.ts'
import { useBack } from '../navigate.ts'
import type { Run } from '../run/running.ts'
import { wakeLock } from '../run/wake-lock.ts'
import { lifeText } from '../runner/life-text.ts'
import { clockText, kmText, piecesText, stopwatchText, t } from '../texts.ts'
import { isPocketed, unpocket } from './pocketed.ts'
import { useSeldomRun } from './seldom.ts'
import { SlideToOpen } from './slide-to-open.tsx'

/** A place that is older is shouted about. */
const HEARD_WITHIN_MS = 2 * MINUTE_MS

/** PO4: black, and deaf but for the slider. What it shows is read at arm's length. */
export function PocketScreen() {
  const run = useSeldomRun()
  const dialog = useRef<HTMLDialogElement>(null)
  const [isKnown] = useState(() => knowsPocket.get() !== '')
  const { view, nowMs } = run
  const calls = breaksThrough(view, nowMs)
  const isAsked = calls.some(({ is }) => is !== 'message')
  const wish = wishText(run)

  useLayoutEffect(() => {
    dialog.current?.showModal()
    const { dataset } = document.documentElement
    dataset.pocket = 'open'
    return () => delete dataset.pocket
  }, [])
  useBack(() => 0)
  const open = () => {
    knowsPocket.set('yes')
    dialog.current?.close()
    unpocket()
  }
  // A browser lets a second Escape or "back" close what refused the first.
  const stayOpen = () => {
    if (isPocketed.value && !dialog.current?.open) dialog.current?.showModal()
  }
  return (
    <dialog
      ref={dialog}
      class="pocket"
      aria-label={t.pocket.heading}
      onCancel={(event) => event.preventDefault()}
      onClose={stayOpen}
    >
      <div class="pocket-state">
        <span>{clockText(nowMs, nowMs)}</span>
        <Shared run={run} />
      </div>
      {calls.length > 0 && (
        <div class={isAsked ? 'pocket-call' : 'pocket-call said'} role="alert">
          {calls.slice(0, 2).map((call) => (
            <p key={call.id}>{callText(call, run)}</p>
          ))}
        </div>
      )}
      <p class="pocket-wish" role="status">
        {wish}
      </p>
      {!isAsked && <Figures run={run} />}
      {wakeLock.value === 'refused' && <p class="pocket-warn">{t.pocket.mayGoDark}</p>}
      {!isKnown && <p>{t.pocket.explain}</p>}
      <SlideToOpen onOpen={open} />
    </dialog>
  )
}

/** Whether the place is shared, and until when the server has it. */
function Shared({ run }: { readonly run: Run }) {
  const { view, nowMs, locating } = run
  const isFound = locating.peek().is === 'found'
  const { receiptAtMs } = view
  const isOld = receiptAtMs === null || nowMs - receiptAtMs > HEARD_WITHIN_MS
  return (
    <p class={isFound && !isOld ? undefined : 'pocket-warn'}>
      <span class={`dot ${isFound ? 'sharing' : 'silent'}`}>{isFound ? t.pocket.sharing : t.pocket.noPlace}</span>
      <span>{receiptAtMs === null ? t.pocket.notHeard : t.pocket.heardUntil(clockText(receiptAtMs, nowMs))}</span>
      {view.link !== 'online' && <span>{t.pocket.offline}</span>}
    </p>
  )
}

/** By this phone's own fixes: dark, it is told no places, not even its own along the route. */
function Figures({ run }: { readonly run: Run }) {
  const { view, nowMs, way } = run
  const kept = way.peek()
  const free = kept && freeProgress(kept, null, nowMs)
  const timeMs = myTimeMs(view, nowMs)
  return (
    <dl class="pocket-figures">
      <div>
        <dt>{t.figures.time}</dt>
        <dd>{timeMs === null ? '–' : stopwatchText(timeMs)}</dd>
      </div>
      <div>
        <dt>{t.figures.distance}</dt>
        <dd>{free ? t.distance.km(kmText(free.distanceM)) : '–'}</dd>
      </div>
      <div>
        <dt>{t.figures.pace}</dt>
        <dd>{free?.paceMps ? stopwatchText(paceMs(free.paceMps)) : t.figures.still}</dd>
      </div>
    </dl>
  )
}

const paceMs = (speedMps: number): number => 1_000_000 / speedMps

function wishText({ view, nowMs, outlook }: Run): string | null {
  const [request] = myRequests(view, nowMs)
  if (!request) return null
  const known = view.run.requests.get(request.requestId)
  const life = known && requestLife(view, known, nowMs, outlook.peek().comings.of.get(request.requestId)?.shown)
  const what = piecesText(request.kind, request.quantity)
  return `${what}: ${life ? lifeText(life, nowMs) : t.life.queued}`
}

function callText(call: BreaksThrough, { view }: Run): string {
  switch (call.is) {
    case 'alarm':
      return t.pocket.alarm(t.kinds[call.kind], call.name)
    case 'my-alarm':
      return `${t.pocket.mine(t.kinds[call.kind])}. ${becameOf(call, view.link)}`
    case 'are-you-fine':
      return `${t.pocket.question}. ${t.areYouFine.questions[call.rule]}`
    case 'met':
      return `${t.pocket.question}. ${t.claims.met(call.name)}`
    case 'regroup':
      return `${t.pocket.question}. ${t.regroup.heading}: ${call.place}`
    case 'message':
      return `${t.pocket.message}: ${call.text}`
  }
}

/** What has become of my own call for help. */
function becameOf({ status, helper }: Extract<BreaksThrough, { is: 'my-alarm' }>, link: Run['view']['link']): string {
  if (status === 'queued') return link === 'online' ? t.help.sending : t.help.notSent
  if (status === 'needs-check') return t.help.needsCheck
  return helper ? t.help.hasIt(helper, null) : t.help.sent
}
