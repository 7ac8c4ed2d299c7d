import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Cue, cuesAfter, noCues } from '../../state/cues.ts'
import { saysCues } from '../kept.ts'
import { language } from '../language.ts'
import { Choice } from '../parts/choice.tsx'
import { t } from '../texts.ts'
import { useRun } from './running.ts'
import { sound, toneOf, tones } from './tones.ts'
import { hasVoice, sayAloud } from './voices.ts'

const ways = ['voice', 'tones', 'off'] as const
type Way = (typeof ways)[number]

const kept: Readonly<Record<Way, string>> = { voice: 'yes', tones: 'tones', off: '' }
const way = signal<Way>(ways.find((each) => kept[each] === saysCues.get()) ?? 'off')
const BUZZ_MS = 150

/** CE10: tells what happens to whoever has asked for it and does not look. Shows nothing. */
export function SpokenCues() {
  const { view, nowMs } = useRun()
  const state = useRef(noCues)
  const chosen = way.value
  useEffect(() => {
    if (chosen === 'off') return
    const look = cuesAfter(state.current, view, nowMs)
    state.current = look.state
    for (const cue of look.cues) tell(cue, chosen)
  }, [chosen, view, nowMs])
  return null
}

/** CE13: what this phone cannot say in its language it plays. */
function tell(cue: Cue, chosen: Way): void {
  if (chosen === 'tones' || !hasVoice(language.value)) sound(toneOf(cue))
  else say(sentenceOf(cue))
}

export function CueSwitch() {
  const choose = (chosen: Way) => {
    way.value = chosen
    saysCues.set(kept[chosen])
    // A browser speaks and sounds only from a tap on.
    if (chosen === 'voice' && hasVoice(language.value)) say(t.cueSwitch.on)
    else if ('speechSynthesis' in window) speechSynthesis.cancel()
    if (chosen === 'tones' || (chosen === 'voice' && !hasVoice(language.value))) sound('claimed')
  }
  return (
    <section class="eyes">
      <Choice legend={t.eyes.legend} all={ways} chosen={way.value} text={(each) => t.eyes[each]} onChoose={choose} />
      {way.value === 'voice' && !hasVoice(language.value) && <p class="hint">{t.eyes.noVoice}</p>}
      {way.value !== 'off' && <Examples />}
    </section>
  )
}

/** Learnt before the start, so that they are known on the way. */
function Examples() {
  return (
    <details>
      <summary>{t.eyes.listen}</summary>
      <div class="row wrap">
        {tones.map((tone) => (
          <button key={tone} type="button" onClick={() => sound(tone)}>
            {t.eyes.ways[tone]}
          </button>
        ))}
      </div>
    </details>
  )
}

const sentenceOf = ({ kind, params }: Cue): string => (t.cues[kind] as (of: Cue['params']) => string)(params)

function say(sentence: string): void {
  navigator.vibrate?.(BUZZ_MS)
  sayAloud(sentence, language.value)
}
