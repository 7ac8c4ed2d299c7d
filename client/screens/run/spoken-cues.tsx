import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Cue, cuesAfter, noCues } from '../../state/cues.ts'
import { saysCues } from '../kept.ts'
import { language } from '../language.ts'
import { t } from '../texts.ts'
import { useRun } from './running.ts'
import { sayAloud } from './voices.ts'

const isOn = signal(saysCues.get() === 'yes')
const BUZZ_MS = 150

/** CE10: says aloud what happens, to whoever has asked for it. Shows nothing. */
export function SpokenCues() {
  const { view, nowMs } = useRun()
  const state = useRef(noCues)
  const isSaid = isOn.value
  useEffect(() => {
    if (!isSaid) return
    const look = cuesAfter(state.current, view, nowMs)
    state.current = look.state
    for (const cue of look.cues) say(sentenceOf(cue))
  }, [isSaid, view, nowMs])
  return null
}

export function CueSwitch() {
  if (!('speechSynthesis' in window)) return null
  const set = (isSaid: boolean) => {
    isOn.value = isSaid
    saysCues.set(isSaid ? 'yes' : '')
    if (isSaid)
      say(t.cueSwitch.on) // a browser speaks only from a tap on
    else speechSynthesis.cancel()
  }
  return (
    <button type="button" onClick={() => set(!isOn.value)}>
      {isOn.value ? t.cueSwitch.stop : t.cueSwitch.start}
    </button>
  )
}

const sentenceOf = ({ kind, params }: Cue): string => (t.cues[kind] as (of: Cue['params']) => string)(params)

function say(sentence: string): void {
  navigator.vibrate?.(BUZZ_MS)
  sayAloud(sentence, language.value)
}
