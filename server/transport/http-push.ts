/** Pushes over HTTP: what a page must know to be pushed to, a worker's new address while no page is open, and a ring to try. */
import type { Express, RequestHandler } from 'express'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { askPushTestSchema, putPushSchema } from '../../shared/protocol/http.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import { wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import { answer, type HttpHouse, limited, parsed, seated } from './http-answer.ts'

export function pushes(app: Express, http: HttpHouse, small: RequestHandler): void {
  const testing = new Set<MemberId>()

  app.get('/api/push', limited(http, 'read'), async (request, response) => {
    const seat = await seated(http, request, response)
    if (!seat) return
    const { memberId, hasPush } = seat.member
    const isHeld = hasPush && seat.room.book().words.has(wordKey.push(memberId))
    response.set('Cache-Control', 'no-store').json({ ok: true, publicKey: http.house.seals.vapid.publicKey, isHeld })
  })

  app.put('/api/push', limited(http, 'push'), small, async (request, response) => {
    const seat = await seated(http, request, response)
    const wish = seat && parsed(putPushSchema, request, response)
    if (!seat || !wish) return
    const { commandId, subscription } = wish
    const obeyed = await seat.room.obey({ type: 'set-push', subscription }, seat.member.memberId, commandId)
    const said: Accepted | Refusal = obeyed.ok
      ? { ok: true, version: obeyed.version, isFact: obeyed.event !== null }
      : obeyed
    answer(response, said)
  })

  app.post('/api/push/test', limited(http, 'push'), small, async (request, response) => {
    const seat = await seated(http, request, response)
    const wish = seat && parsed(askPushTestSchema, request, response)
    if (!seat || !wish) return
    const { memberId, hasPush } = seat.member
    if (!hasPush) return answer(response, refuse('no-such-thing', { detail: 'this phone has not said where to push' }))
    if (testing.has(memberId)) return answer(response, { ok: true })
    testing.add(memberId)
    const { runId } = seat.room
    setTimeout(() => {
      testing.delete(memberId)
      void http.rooms
        .room(runId)
        .then((room) => room?.ringForTest(memberId))
        .catch(() => undefined) // the store is away: their page says that nothing rang
    }, wish.inMs).unref()
    answer(response, { ok: true })
  })
}
