/** What was opened is closed again in the opposite order, also on Ctrl-C. */
export type Closing = {
  /** Takes the closing of something that was just opened, and hands the thing on. */
  later<T extends { close(): unknown }>(opened: T): T
  laterDo(close: () => unknown): void
  /** Closes all; a closing that fails does not keep the others open. */
  now(): Promise<void>
}

export function closing(): Closing {
  const closers: (() => unknown)[] = []
  let isClosing: Promise<void> | undefined

  async function closeAll(): Promise<void> {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    for (const close of closers.reverse()) {
      try {
        await close()
      } catch (fault) {
        process.stderr.write(`closing failed: ${fault instanceof Error ? fault.message : String(fault)}\n`)
      }
    }
  }
  const now = () => (isClosing ??= closeAll())
  const interrupted = () => void now().finally(() => process.exit(130))
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)

  return {
    later(opened) {
      closers.push(() => opened.close())
      return opened
    },
    laterDo: (close) => void closers.push(close),
    now,
  }
}
