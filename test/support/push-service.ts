/** A push service of our own on loopback: opens what it gets with the keys of the subscription, and checks who signed it. */
import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { type PushNote, type PushSubscriptionGiven, pushNoteSchema } from '../../shared/run/push.ts'

export type Rung = {
  /** As it was sent, opened. */
  readonly text: string
  readonly note: PushNote
  readonly headers: IncomingHttpHeaders
  /** The key that signed it, in base64url; throws before this when the signature is none. */
  readonly signedBy: string
  readonly audience: string
}

export type PushService = {
  readonly origin: string
  /** A browser subscribes. */
  subscription(name: string): PushSubscriptionGiven
  rung(name: string): readonly Rung[]
  whats(name: string): readonly string[]
  /** What is answered to that subscription from now on. */
  answer(name: string, status: number | 'nothing'): void
  /** How often it was asked, whatever it answered. */
  asked(name: string): number
}

type Browser = {
  readonly pair: ECDH
  readonly auth: Buffer
  readonly rung: Rung[]
  asked: number
  status: number | 'nothing'
}

export async function aPushService(): Promise<PushService> {
  const browsers = new Map<string, Browser>()
  const server = createServer((request, response) => {
    const browser = browsers.get(request.url?.slice(1) ?? '')
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (!browser) return void response.writeHead(404).end()
      browser.asked++
      if (browser.status === 'nothing') return
      if (browser.status === 201) {
        const text = opened(Buffer.concat(parts), browser)
        const note = pushNoteSchema.parse(JSON.parse(text))
        browser.rung.push({ text, note, headers: request.headers, ...signer(request.headers.authorization ?? '') })
      }
      response.writeHead(browser.status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const of = (name: string): Browser => {
    const browser = browsers.get(name)
    if (!browser) throw new Error(`nobody subscribed as ${name}`)
    return browser
  }
  return {
    origin,
    subscription(name) {
      const pair = createECDH('prime256v1')
      pair.generateKeys()
      const auth = randomBytes(16)
      browsers.set(name, { pair, auth, rung: [], asked: 0, status: 201 })
      const p256dh = pair.getPublicKey('base64url')
      return { endpoint: `${origin}/${name}`, p256dh, auth: auth.toString('base64url') }
    },
    rung: (name) => of(name).rung,
    whats: (name) => of(name).rung.map(({ note }) => note.what),
    answer(name, status) {
      of(name).status = status
    },
    asked: (name) => of(name).asked,
  }
}

/** RFC 8291: one record of RFC 8188. */
function opened(body: Buffer, { pair, auth }: Browser): string {
  const salt = body.subarray(0, 16)
  const idLength = body.readUInt8(20)
  const theirs = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), theirs])
  const ikm = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), auth, about, 32))
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12))
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString()
}

/** RFC 8292 */
function signer(authorization: string): Pick<Rung, 'signedBy' | 'audience'> {
  const [, token = '', signedBy = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? []
  const [head, claims, signature = ''] = token.split('.')
  const point = Buffer.from(signedBy, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } as never })
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned) throw new Error('the signature is none')
  return { signedBy, audience: JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()).aud }
}
