/** Three tones and a shake: for a call for help, and for an alert that is worth it (shared/run/alerts.ts). Sound is for nothing else. */
const TONES = 3
const TONE_S = 0.25
const GAP_S = 0.15

let context: AudioContext | null = null

export function soundAlarm(): void {
  navigator.vibrate?.([400, 150, 400, 150, 400])
  try {
    context ??= new AudioContext()
    const { currentTime, destination } = context
    for (let tone = 0; tone < TONES; tone++) {
      const at = currentTime + tone * (TONE_S + GAP_S)
      const oscillator = new OscillatorNode(context, { type: 'square', frequency: tone % 2 ? 660 : 880 })
      const gain = new GainNode(context, { gain: 0.3 })
      oscillator.connect(gain).connect(destination)
      oscillator.start(at)
      oscillator.stop(at + TONE_S)
    }
  } catch {
    // No sound before the first tap on a page; the red card is there all the same.
  }
}
