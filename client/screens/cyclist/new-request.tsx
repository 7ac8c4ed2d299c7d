import { useEffect, useRef } from 'preact/hooks'
import { noRing, ringAfter } from '../../state/request-ring.ts'
import { useRun } from '../run/running.ts'
import { soundRequest } from './ring-sound.ts'

/** A new request is heard and felt, whatever screen is open. */
export function NewRequest() {
  const { view, nowMs } = useRun()
  const ring = useRef(noRing)
  useEffect(() => {
    const { state, rings } = ringAfter(ring.current, view, nowMs)
    ring.current = state
    if (rings) soundRequest()
  })
  return null
}
