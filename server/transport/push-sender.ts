/** Sends to push services, encrypted for one browser and signed with the house's key: RFC 8030, 8291 and 8292. */
import { type LookupAddress, lookup } from 'node:dns'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { type RequestOptions, request as secureRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import webPush from 'web-push'
import { SECOND_MS } from '../../shared/units.ts'
import type { Pushed, PushSender } from '../usecase/push-queue.ts'
import type { VapidKeys } from '../usecase/seals.ts'
import { isPrivateAddress } from './private-address.ts'

/** For all of it: who sends a byte now and then holds nobody longer. */
const ANSWER_MS = 10 * SECOND_MS
/** Services say in a few words what is wrong; nobody reads it. */
const ANSWER_BYTES = 64 * 1024
/** A push service may want to write to somebody about what is pushed. */
const NOBODY = 'https://serik.invalid'

export function pushSenderOf(
  keys: VapidKeys,
  publicUrl: string | undefined,
  mayBeLoopback: boolean,
  answerMs = ANSWER_MS,
): PushSender {
  const subject = publicUrl?.startsWith('https:') ? publicUrl : NOBODY
  return async ({ endpoint, p256dh, auth }, body, { ttlMs, isUrgent, replaces }) => {
    let details: webPush.RequestDetails
    try {
      details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, body, {
        vapidDetails: { subject, ...keys },
        TTL: Math.ceil(ttlMs / SECOND_MS),
        urgency: isUrgent ? 'high' : 'normal',
        topic: replaces,
        contentEncoding: 'aes128gcm',
      })
    } catch {
      return 'refused' // keys that are no point of the curve
    }
    return outcomeOf(await posted(details, mayBeLoopback, answerMs))
  }
}

const outcomeOf = (status: number): Pushed => {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'later' : 'refused'
}

/** No redirect is followed: where it leads, nobody has looked at. */
function posted(
  { endpoint, method, headers, body }: webPush.RequestDetails,
  mayBeLoopback: boolean,
  answerMs: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = { method, headers, ...(!mayBeLoopback && { lookup: publicLookup }) }
    const heard = (response: IncomingMessage) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > ANSWER_BYTES) sending.destroy()
      })
      response.once('error', reject)
      resolve(response.statusCode ?? 500)
    }
    const sending = endpoint.startsWith('http:')
      ? plainRequest(endpoint, options, heard)
      : secureRequest(endpoint, options, heard)
    const late = setTimeout(() => sending.destroy(new Error('no answer')), answerMs)
    sending.once('close', () => clearTimeout(late))
    sending.once('error', reject)
    sending.end(body)
  })
}

/** PU5: a public name that leads to somebody's own net is nobody's push service. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (fault, addresses: LookupAddress[]) => {
    if (fault) return done(fault, '')
    const open = addresses.filter(({ address }) => !isPrivateAddress(address))
    const [first] = open
    if (!first) return done(new Error(`${hostname} is in a private net`), '')
    if (options.all) return done(null, open)
    done(null, first.address, first.family)
  })
}
