/** One line that is written over on a terminal, and printed now and then elsewhere. */
export type ProgressLine = { show(text: string): void; end(): void }

const PLAIN_EVERY_MS = 15_000

export function progressLine(): ProgressLine {
  const { stdout } = process
  let plainAtMs = Number.NEGATIVE_INFINITY
  return {
    show(text) {
      if (stdout.isTTY) stdout.write(`\r\x1b[2K${text.slice(0, stdout.columns)}`)
      else if (performance.now() - plainAtMs > PLAIN_EVERY_MS) {
        plainAtMs = performance.now()
        stdout.write(`${text}\n`)
      }
    },
    end() {
      if (stdout.isTTY) stdout.write('\n')
    },
  }
}

export const clockText = (ms: number): string => new Date(Math.max(0, ms)).toISOString().slice(11, 19)
export const number = (value: number): string => value.toLocaleString('en')
export const milliseconds = (value: number): string => (Number.isNaN(value) ? '-' : `${Math.round(value)} ms`)

/** Prints a line and hands on the exit code that goes with it. */
export function say(text: string, code: number): number {
  process.stdout.write(`${text}\n`)
  return code
}

/** Ends the process with the code that `main` resolves to; what it throws is one line for people. */
export function endWith(main: Promise<number>): void {
  main.then(
    (code) => process.exit(code),
    (fault: unknown) => {
      process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`)
      process.exit(1)
    },
  )
}
