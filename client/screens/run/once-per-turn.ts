export type OncePerTurn = { readonly tell: () => void; readonly stop: () => void }

/**
 * Calls after what goes on now, once for all that was told meanwhile: a frame of thousands is taken, then a touch is heard, then all is drawn.
 * By a message and not a timer: those of a page that nobody sees come late, and it may have to sound an alarm.
 */
export function oncePerTurn(call: () => void): OncePerTurn {
  const { port1, port2 } = new MessageChannel()
  let isTold = false
  port1.onmessage = () => {
    isTold = false
    call()
  }
  return {
    tell() {
      if (isTold) return
      isTold = true
      port2.postMessage(null)
    },
    stop: () => port1.close(),
  }
}
