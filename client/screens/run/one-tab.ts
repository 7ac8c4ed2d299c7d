/**
 * A seat's storage belongs to one tab. The tab opened last takes the seat; the one before gives it up and says so.
 */
type Word = { readonly type: 'take' | 'given-up'; readonly from: string }

/** Another tab closes its phone within this. */
const GIVE_UP_WITHIN_MS = 150

export type OneTab = { readonly taken: Promise<void>; readonly close: () => void }

export function oneTab(seat: string, giveUp: () => Promise<void>): OneTab {
  if (typeof BroadcastChannel === 'undefined') return { taken: Promise.resolve(), close: () => {} }
  const name = `serik ${seat}`
  const channel = new BroadcastChannel(name)
  const from = String(Math.random())
  let hasTaken: () => void = () => {}
  const taken = new Promise<void>((resolve) => {
    hasTaken = resolve
    setTimeout(resolve, GIVE_UP_WITHIN_MS)
  })
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.from === from) return
    if (data.type === 'given-up') hasTaken()
    else void giveUp().then(() => channel.postMessage({ type: 'given-up', from } satisfies Word))
  }
  channel.postMessage({ type: 'take', from } satisfies Word)
  let letGo: () => void = () => {}
  const isLeft = new Promise<void>((resolve) => {
    letGo = resolve
  })
  void isHeldElsewhere(name)
    .then(async (isHeld) => {
      if (!isHeld) hasTaken()
      // Shared: it only shows that a tab is there, and a tab that dies shows it no more.
      if ('locks' in navigator) await navigator.locks.request(name, { mode: 'shared' }, () => isLeft)
    })
    .catch(() => undefined) // a page that is being left may not ask: then it waits as where nobody can be asked
  return {
    taken,
    close() {
      letGo()
      channel.close()
    },
  }
}

/** Whether there is another tab to wait for. Browsers tell on secure pages only; elsewhere there may be one. */
async function isHeldElsewhere(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return true
  const { held } = await navigator.locks.query()
  return held?.some((lock) => lock.name === name) ?? true
}
