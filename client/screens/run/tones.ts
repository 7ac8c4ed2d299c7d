/** Short patterns that are told apart without a word, each with a shake of its own where the phone can. */
import type { Cue } from '../../state/cues.ts'

export const tones = ['claimed', 'near', 'delivered', 'nobody', 'question', 'alert'] as const
export type Tone = (typeof tones)[number]

type Note = readonly [frequencyHz: number, fromS: number, lengthS: number]
type Pattern = { readonly notes: readonly Note[]; readonly shakeMs: readonly number[]; readonly wave?: OscillatorType }

/** Up is good, down is not, twice the same asks, and what is square is grave. */
export const patterns: Readonly<Record<Tone, Pattern>> = {
  claimed: {
    notes: [
      [660, 0, 0.14],
      [880, 0.16, 0.22],
    ],
    shakeMs: [120],
  },
  near: {
    notes: [
      [880, 0, 0.09],
      [880, 0.16, 0.09],
      [880, 0.32, 0.09],
    ],
    shakeMs: [60, 80, 60, 80, 60],
  },
  delivered: {
    notes: [
      [523, 0, 0.12],
      [659, 0.13, 0.12],
      [784, 0.26, 0.3],
    ],
    shakeMs: [60, 60, 200],
  },
  nobody: {
    notes: [
      [440, 0, 0.25],
      [294, 0.28, 0.45],
    ],
    shakeMs: [400],
  },
  question: {
    notes: [
      [587, 0, 0.12],
      [784, 0.13, 0.16],
      [587, 0.5, 0.12],
      [784, 0.63, 0.16],
    ],
    shakeMs: [150, 200, 150],
  },
  alert: {
    notes: [
      [880, 0, 0.25],
      [660, 0.4, 0.25],
      [880, 0.8, 0.25],
    ],
    shakeMs: [400, 150, 400, 150, 400],
    wave: 'square',
  },
}

/** What each cue sounds like. */
const toneOfCue: Readonly<Record<Cue['kind'], Tone>> = {
  help: 'alert',
  claimed: 'claimed',
  near: 'near',
  here: 'near',
  delivered: 'delivered',
  nobody: 'nobody',
  'looking-again': 'nobody',
  met: 'question',
  'drink-due': 'question',
  'all-well': 'question',
  regroup: 'question',
  'slow-down': 'question',
  asked: 'claimed',
  'claimed-away': 'delivered',
  'still-coming': 'question',
  'take-over': 'question',
}

export const toneOf = ({ kind }: Pick<Cue, 'kind'>): Tone => toneOfCue[kind]

const LOUDNESS = 0.3
const EDGE_S = 0.015

let context: AudioContext | null = null

/** A browser sounds only after a tap on the page: from a tap this makes it ready. Returns how long the tone takes. */
export function sound(tone: Tone, afterS = 0): number {
  const { notes, shakeMs, wave = 'sine' } = patterns[tone]
  navigator.vibrate?.([...shakeMs])
  try {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
    for (const [frequency, fromS, lengthS] of notes) {
      const at = context.currentTime + afterS + fromS
      const oscillator = new OscillatorNode(context, { type: wave, frequency })
      const gain = new GainNode(context, { gain: 0 })
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(LOUDNESS, at + EDGE_S)
      gain.gain.setValueAtTime(LOUDNESS, at + lengthS - EDGE_S)
      gain.gain.linearRampToValueAtTime(0, at + lengthS)
      oscillator.connect(gain).connect(context.destination)
      oscillator.start(at)
      oscillator.stop(at + lengthS)
    }
  } catch {
    // No sound here; what it says stands on the screen.
  }
  return Math.max(...notes.map(([, fromS, lengthS]) => fromS + lengthS))
}
