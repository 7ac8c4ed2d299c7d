/** PO6: the run as it is drawn in a pocket: anew each five seconds, and at once when something breaks through. */
import { computed, effect } from '@preact/signals'
import { useContext, useEffect, useState } from 'preact/hooks'
import { SECOND_MS } from '../../../shared/units.ts'
import { breaksThrough } from '../../state/breaks-through.ts'
import { myRequests } from '../../state/my-requests.ts'
import { me } from '../../state/people.ts'
import { type Run, RunningContext } from '../run/running.ts'

const DRAWN_EVERY_MS = 5 * SECOND_MS

export function useSeldomRun(): Run {
  const running = useContext(RunningContext)
  if (!running) throw new Error('outside a run')
  const [, setDrawnCount] = useState(0)
  useEffect(() => {
    const draw = () => setDrawnCount((count) => count + 1)
    const timer = setInterval(draw, DRAWN_EVERY_MS)
    const news = computed(() => {
      const [view, nowMs] = [running.view.value, running.nowMs.value]
      const requests = myRequests(view, nowMs).map(({ requestId, status, helper }) => [requestId, status, helper])
      return JSON.stringify([breaksThrough(view, nowMs).map(({ id }) => id), requests, view.link])
    })
    const stop = effect(() => {
      news.value
      draw()
    })
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [running])
  const view = running.view.peek()
  return { ...running, view, nowMs: running.nowMs.peek(), mine: me(view) }
}
