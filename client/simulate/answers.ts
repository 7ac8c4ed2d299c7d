/** What simulated people wait for before they go on: a yes, and everything that was told so far. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { Phone } from '../net/phone.ts'

/** @throws Error when the server has refused. */
export function granted<T extends { readonly ok: true }>(answer: T | Refusal): T {
  if (answer.ok) return answer
  throw new Error(`the server refused: ${answer.code} ${answer.field ?? ''} ${answer.detail ?? ''}`.trim())
}

export function whenCaughtUp(phone: Phone): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = phone.subscribe(look)
    look(phone.view())
    function look({ isCaughtUp, link }: { isCaughtUp: boolean; link: string }): void {
      if (link === 'gone' || link === 'outdated') reject(new Error(refuse('not-a-member').code))
      else if (isCaughtUp) resolve()
      else return
      setTimeout(() => stop(), 0)
    }
  })
}
