const WORKER = '/worker.js'
/** Whoever keeps the page open for days hears of a new version all the same. */
const LOOK_EVERY_MS = 6 * 3_600_000
const TAKEN_WITHIN_MS = 10_000

export async function registerWorker(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register(WORKER, { updateViaCache: 'none' })
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS) // offline: later
  } catch {
    // No worker here, as in a private window: the page works with a network.
  }
}

/** PW3: this page is older than its server: the newest one, and not the one that is kept. */
export async function reloadNewest(): Promise<void> {
  await Promise.race([takenOver(), new Promise((resolve) => setTimeout(resolve, TAKEN_WITHIN_MS))])
  location.reload()
}

async function takenOver(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  if (!registration) return
  await registration.update().catch(() => undefined)
  const { installing } = registration
  if (installing)
    await new Promise<void>((resolve) => {
      installing.addEventListener('statechange', () => installing.state !== 'installing' && resolve())
    })
  const { waiting } = registration
  if (!waiting) return
  const taken = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
  )
  waiting.postMessage('take-over')
  await taken
}
