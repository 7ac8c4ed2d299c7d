import type { Body, Packet } from './line.ts'

/** Copied as JSON or bytes, as it would be on the wire. */
export function bodyOf(body: unknown): Body {
  if (body instanceof Uint8Array) return { bytes: body.slice() }
  return { text: JSON.stringify(body) ?? 'null' }
}

export function said({ body }: Packet): unknown {
  if (!body) return undefined
  return 'bytes' in body ? body.bytes : JSON.parse(body.text)
}
