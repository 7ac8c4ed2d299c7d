/** Two soft tones that rise, and a short shake: a new request. Nothing like the alarm, which is three hard ones. */
const NOTES_HZ = [587, 880]
const NOTE_S = 0.16
const STEP_S = 0.19
const LOUDNESS = 0.25

let context: AudioContext | null = null

export function soundRequest(): void {
  // Before the first tap a browser refuses, and says so in its console.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([120, 80, 120])
  try {
    context ??= new AudioContext()
    const { currentTime, destination } = context
    for (const [note, frequency] of NOTES_HZ.entries()) {
      const at = currentTime + note * STEP_S
      const oscillator = new OscillatorNode(context, { type: 'sine', frequency })
      const gain = new GainNode(context, { gain: LOUDNESS })
      gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 2)
      oscillator.connect(gain).connect(destination)
      oscillator.start(at)
      oscillator.stop(at + NOTE_S * 2)
    }
  } catch {
    // No sound before the first tap on a page; the queue shows it all the same.
  }
}
