import type { IncomingHttpHeaders } from 'node:http'

/** A page of another site may not open a socket here; what is no browser sends no origin. */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const from = new URL(origin).host
  return from === host || (publicUrl !== undefined && from === new URL(publicUrl).host)
}
