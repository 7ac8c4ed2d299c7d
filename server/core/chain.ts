/** The journal is a chain: each link vouches for every fact before it, and only a holder of the key can make one. */
import { createHmac } from 'node:crypto'
import type { Fact } from '../../shared/run/events.ts'

export const CHAIN_START = ''

/** CH1: `mac_n = HMAC-SHA256(key, mac_{n-1} | fact_n)`, 128 bits of it, in base64url. */
export const linkOf = (chainKey: Buffer, previousMac: string, fact: Fact): string =>
  createHmac('sha256', chainKey)
    .update(previousMac)
    .update('|')
    .update(JSON.stringify(fact))
    .digest()
    .subarray(0, 16)
    .toString('base64url')

/** CH4: whether each of these links stands on the one before, the first on `afterMac`. */
export function isChain(
  chainKey: Buffer,
  afterMac: string,
  entries: Iterable<{ readonly fact: Fact; readonly mac: string }>,
): boolean {
  let mac = afterMac
  for (const entry of entries) {
    if (linkOf(chainKey, mac, entry.fact) !== entry.mac) return false
    mac = entry.mac
  }
  return true
}
